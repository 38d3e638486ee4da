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
  equalParts: false,
  postPolicy: true,
};

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
  ceph: { ...AWS, repeatedComplete: 'NoSuchUpload' },
  /** A gateway of some years ago: it passes over what it does not know. */
  'ceph-16': {
    ...AWS,
    checksums: [],
    otherChecksums: 'ignored',
    repeatedComplete: 'NoSuchUpload',
    conditionalWrites: false,
  },
} as const satisfies Readonly<Record<string, Mimic>>;

/** `aws`, `r2`, `minio`, `ceph` or `ceph-16`. */
export type MimicName = keyof typeof MIMICS;
