import type { Comparison } from '../storage.ts';

/** What a kind of store can do, where stores differ. */
export interface StoreProfile {
  readonly name: string;
  /** Which writes honour `If-None-Match: *`: then nothing is overwritten, not even by the one who uploaded it. */
  readonly conditionalWrites: { readonly put: boolean; readonly complete: boolean };
  /** Checksums that it verifies on upload. */
  readonly checksums: readonly Checksum[];
  /** How the bytes of an object can be compared with what was sent; see `Storage`. */
  readonly compare: { readonly put: Comparison; readonly multipart: Comparison };
  /** Takes uploads from HTML forms, with a signed policy. */
  readonly postPolicy: boolean;
  /**
   * Smallest part in bytes, but for the last one. Ceph's is a setting.
   * @default 5 MiB, as S3 has it
   * @see https://docs.ceph.com/en/latest/radosgw/config-ref/
   */
  readonly minPartSize?: number;
  /** All parts but the last must be equal. */
  readonly equalParts: boolean;
  /** Has the APIs for the CORS rules of a bucket, and for lifecycle rules that abort incomplete uploads. */
  readonly bucketRules: { readonly cors: boolean; readonly lifecycle: boolean };
  /** Where the options name none. */
  readonly region: string;
  /** `https://host/bucket/key` rather than `https://bucket.host/key`, where the options do not say. */
  readonly forcePathStyle: boolean;
}

export type Checksum = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

export type ProfileName = 'aws' | 'r2' | 'minio' | 'ceph' | 'b2' | 'spaces' | 'mock' | 'generic';

const ALL_CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

/** What nearly every store can do; nothing is counted on beyond that. */
const generic: StoreProfile = {
  name: 'generic',
  conditionalWrites: { put: false, complete: false },
  checksums: [],
  compare: { put: 'ETag', multipart: 'ETag' },
  postPolicy: false,
  equalParts: false,
  bucketRules: { cors: true, lifecycle: true },
  region: 'us-east-1',
  forcePathStyle: true,
};

/**
 * From the stores' own documentation, read in November 2026; none of these stores was asked itself. Where the
 * documentation says nothing, or reports contradict each other, the careful answer stands. `doctor` looks at a real bucket
 * and says where a profile may count on more.
 */
export const PROFILES: Readonly<Record<ProfileName, StoreProfile>> = {
  generic,
  /**
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
   */
  aws: {
    ...generic,
    name: 'aws',
    // Of every object, whether it is asked for or not. Encrypted with KMS, an ETag is no MD5.
    compare: { put: 'CRC64NVME', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: true },
    checksums: ALL_CHECKSUMS,
    postPolicy: true,
    forcePathStyle: false,
  },
  /**
   * Of whole objects sent in parts it keeps only CRC-64/NVME. Forms are refused with 501.
   * @see https://developers.cloudflare.com/r2/api/s3/conditional-operations/
   * @see https://developers.cloudflare.com/r2/api/s3/api/
   * @see https://developers.cloudflare.com/r2/objects/multipart-objects/ (all parts but the last are of one size)
   */
  r2: {
    ...generic,
    name: 'r2',
    compare: { put: 'MD5', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: true },
    checksums: ALL_CHECKSUMS,
    equalParts: true,
    region: 'auto',
  },
  /**
   * Its list of conditional operations has PutObject and CreateMultipartUpload, not CompleteMultipartUpload. Incomplete
   * uploads are removed by the server's own `stale_uploads_expiry`, 24 hours by default, not by a rule of the bucket.
   * @see https://docs.min.io/aistor/developers/s3-api-compatibility/
   * @see https://github.com/minio/minio/pull/19681
   * @see https://github.com/minio/docs/issues/1216
   */
  minio: {
    ...generic,
    name: 'minio',
    compare: { put: 'MD5', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: false },
    checksums: ALL_CHECKSUMS,
    postPolicy: true,
    // Many versions have one CORS setting for the whole server.
    bucketRules: { cors: false, lifecycle: false },
  },
  /**
   * Unproven: its tests have conditional writes, yet gateways that pass over `If-None-Match` are in use, and those of
   * some years ago pass over checksums too.
   * @see https://github.com/ceph/s3-tests/issues/583
   * @see https://docs.ceph.com/en/latest/radosgw/s3/
   */
  ceph: { ...generic, name: 'ceph', compare: { put: 'MD5', multipart: 'MD5' }, postPolicy: true },
  /**
   * Unproven: its documentation says nothing of conditional writes and checksums. Without POST policies.
   * @see https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
   */
  b2: { ...generic, name: 'b2' },
  /**
   * Unproven: its documentation says nothing of conditional writes, checksums and POST policies. Rules that remove
   * incomplete uploads it has.
   * @see https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/
   */
  spaces: { ...generic, name: 'spaces', compare: { put: 'MD5', multipart: 'MD5' } },
  mock: {
    ...generic,
    name: 'mock',
    compare: { put: 'MD5', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: true },
    checksums: ALL_CHECKSUMS,
    postPolicy: true,
  },
};

const HOSTS: readonly (readonly [suffix: string, profile: ProfileName])[] = [
  ['.amazonaws.com', 'aws'],
  ['.amazonaws.com.cn', 'aws'],
  ['.r2.cloudflarestorage.com', 'r2'],
  ['.backblazeb2.com', 'b2'],
  ['.digitaloceanspaces.com', 'spaces'],
];

/** The profile of an endpoint whose host tells what it is; else `generic`. @throws TypeError where it is no URL. */
export function profileOf(endpoint: string): StoreProfile {
  const { hostname } = new URL(endpoint);
  const known = HOSTS.find(([suffix]) => hostname.endsWith(suffix));
  return PROFILES[known?.[1] ?? 'generic'];
}
