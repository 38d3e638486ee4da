import { ALGORITHMS, type ChecksumAlgorithm } from '../checksum/algorithm.ts';

/** What stores do differently. */
export interface Mimic {
  /** Checksums that are verified. */
  readonly checksums: readonly ChecksumAlgorithm[];
  /** Checksums that an upload may have of its whole object, beside those that are composite. */
  readonly fullObject: readonly ChecksumAlgorithm[];
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
  /** Whether each bucket has CORS rules of its own, or the store one setting for all. */
  readonly bucketCors: boolean;
  /** Whether HTML forms may upload, with a signed policy. */
  readonly postPolicy: boolean;
}

const AWS: Mimic = {
  checksums: ALGORITHMS,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
  fullObject: ['CRC64NVME', 'CRC32', 'CRC32C'],
  otherChecksums: 'refused',
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
  repeatedComplete: 'same-answer',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  conditionalWrites: true,
  ifNoneMatch: 'any-object',
  missingPart: 'InvalidPartNumber',
  copyRange: 'InvalidArgument',
  malformedChecksum: 'InvalidRequest',
  namedChecksums: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
  publicAcls: false,
  partOrder: 'ascending',
  freeFields: /^$/,
  equalParts: false,
  bucketCors: true,
  postPolicy: true,
};

const R2: Mimic = {
  ...AWS,
  // https://developers.cloudflare.com/r2/api/s3/api/, Checksum Types
  fullObject: ['CRC64NVME'],
  // https://developers.cloudflare.com/r2/api/s3/conditional-operations/
  ifNoneMatch: 'etags',
  // Nothing is said of it.
  repeatedComplete: 'NoSuchUpload',
  // https://developers.cloudflare.com/r2/objects/multipart-objects/
  equalParts: true,
  // Not among the operations of https://developers.cloudflare.com/r2/api/s3/api/
  postPolicy: false,
};

const MINIO: Mimic = {
  ...AWS,
  // https://github.com/minio/minio/issues/13318, working as intended
  repeatedComplete: 'NoSuchUpload',
  // https://docs.min.io/community/minio-object-store/reference/s3-api-compatibility.html: no PutBucketCors
  bucketCors: false,
};

/** Where Ceph writes down what it does: https://github.com/ceph/s3-tests/blob/master/s3tests/functional/test_s3.py */
const CEPH: Mimic = {
  ...AWS,
  // https://github.com/ceph/ceph/pull/68186 tells of it; older gateways answered otherwise.
  repeatedComplete: 'same-answer',
  // test_put_object_if_match
  ifNoneMatch: 'etags',
  // test_multipart_get_part
  missingPart: 'InvalidPart',
  // test_multipart_copy_invalid_range
  copyRange: 'InvalidRange',
  // test_object_checksum_sha256, test_multipart_checksum_sha256
  malformedChecksum: 'BadDigest',
  namedChecksums: false,
  // https://docs.ceph.com/en/tentacle/radosgw/s3/
  publicAcls: true,
  // test_multipart_resend_first_finishes_last
  partOrder: 'any',
  // test_post_object_upload_checksum
  freeFields: /^x-amz-checksum-/,
};

/** The differences that matter to uploads, as documented by each store, or seen of it where it says nothing. */
export const MIMICS = {
  aws: AWS,
  r2: R2,
  minio: MINIO,
  ceph: CEPH,
  /** A gateway of some years ago, as seen: it passes over what it does not know. */
  'ceph-16': {
    ...CEPH,
    checksums: [],
    fullObject: [],
    otherChecksums: 'ignored',
    repeatedComplete: 'NoSuchUpload',
    conditionalWrites: false,
  },
} as const satisfies Readonly<Record<string, Mimic>>;

/** `aws`, `r2`, `minio`, `ceph` or `ceph-16`. */
export type MimicName = keyof typeof MIMICS;
