import { ALGORITHMS, type ChecksumAlgorithm } from '../checksum/algorithm.ts';

/** What stores do differently. */
export interface Mimic {
  /** Checksums that are verified. */
  readonly checksums: readonly ChecksumAlgorithm[];
  /** What becomes of the others: passed over, as if they had not been sent, or refused with NotImplemented. */
  readonly otherChecksums: 'ignored' | 'refused';
  /** What a second Complete of the same upload answers: the same as the first, or NoSuchUpload. */
  readonly repeatedComplete: 'same-answer' | 'NoSuchUpload';
  /** Whether PutObject and Complete heed If-None-Match and If-Match. */
  readonly conditionalWrites: boolean;
  /** What `If-None-Match` of a write may name: `*` alone, or ETags too. */
  readonly ifNoneMatch: 'any-object' | 'etags';
  /** What a read of a part answers that the object has not. */
  readonly missingPart: 'InvalidPartNumber' | 'InvalidPart';
  /** What UploadPartCopy answers to a range beyond the end of its source. */
  readonly copyRange: 'InvalidArgument' | 'InvalidRange';
  /** What a checksum is called that can not be one of its kind. */
  readonly malformedChecksum: 'InvalidRequest' | 'BadDigest';
  /** Whether Complete must name the checksum of each part where the object's is composite. */
  readonly namedChecksums: boolean;
  /** Whether a bucket can be opened to everybody by a canned ACL. */
  readonly publicAcls: boolean;
  /** Whether Complete must name parts in ascending order, or sorts them itself; of a part named twice the last counts. */
  readonly partOrder: 'ascending' | 'any';
  /** Fields of a form that its policy need not name, beside those that S3 exempts. */
  readonly freeFields: RegExp;
  /** Whether parts, all but the last, must have the same size. */
  readonly equalParts: boolean;
  /** Whether HTML forms may upload, with a signed policy. */
  readonly postPolicy: boolean;
}

const AWS: Mimic = {
  checksums: ALGORITHMS,
  otherChecksums: 'refused',
  repeatedComplete: 'same-answer',
  conditionalWrites: true,
  ifNoneMatch: 'any-object',
  missingPart: 'InvalidPartNumber',
  copyRange: 'InvalidArgument',
  malformedChecksum: 'InvalidRequest',
  namedChecksums: true,
  publicAcls: false,
  partOrder: 'ascending',
  freeFields: /^$/,
  equalParts: false,
  postPolicy: true,
};

/** @see https://github.com/ceph/s3-tests/blob/master/s3tests/functional/test_s3.py where Ceph writes down what it does */
const CEPH = {
  ifNoneMatch: 'etags',
  missingPart: 'InvalidPart',
  copyRange: 'InvalidRange',
  malformedChecksum: 'BadDigest',
  namedChecksums: false,
  publicAcls: true,
  partOrder: 'any',
  freeFields: /^x-amz-checksum-/,
} as const;

/**
 * The differences that matter to uploads, as documented by each store, or seen of it where it says nothing.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 * @see https://developers.cloudflare.com/r2/api/s3/api/
 * @see https://developers.cloudflare.com/r2/objects/multipart-objects/
 * @see https://docs.ceph.com/en/latest/radosgw/s3/
 */
export const MIMICS = {
  aws: AWS,
  r2: { ...AWS, repeatedComplete: 'NoSuchUpload', equalParts: true, postPolicy: false },
  minio: { ...AWS, repeatedComplete: 'NoSuchUpload' },
  ceph: { ...AWS, ...CEPH },
  /** A gateway of some years ago: it passes over what it does not know. */
  'ceph-16': {
    ...AWS,
    ...CEPH,
    checksums: [],
    otherChecksums: 'ignored',
    repeatedComplete: 'NoSuchUpload',
    conditionalWrites: false,
  },
} as const satisfies Readonly<Record<string, Mimic>>;

/** `aws`, `r2`, `minio`, `ceph` or `ceph-16`. */
export type MimicName = keyof typeof MIMICS;
