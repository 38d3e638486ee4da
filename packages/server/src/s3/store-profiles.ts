import type { Comparison } from '../storage.ts';

/** What a kind of store can do, where stores differ. */
export interface StoreProfile {
  readonly name: string;
  /**
   * Which writes honour `If-None-Match: *`, so that nothing is overwritten; whether DeleteObject honours `If-Match`; and
   * whether CopyObject knows the ETag of an object in parts in `x-amz-copy-source-if-match`.
   * @default delete: false, copy: true
   */
  readonly conditionalWrites: {
    readonly put: boolean;
    readonly complete: boolean;
    readonly delete?: boolean;
    readonly copy?: boolean;
  };
  /**
   * Takes parts of an upload that is complete, which change or break its object: then a file is checked under another key,
   * and copied to its place.
   * @default false
   */
  readonly takesLateParts?: boolean;
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
  /**
   * Most parts of one upload. Swift's is a setting, 1,000 at first.
   * @default 10,000, as S3 has it
   */
  readonly maxParts?: number;
  /** All parts but the last must be equal. */
  readonly equalParts: boolean;
  /** Has the APIs for the CORS rules of a bucket, and for lifecycle rules that abort incomplete uploads. */
  readonly bucketRules: { readonly cors: boolean; readonly lifecycle: boolean };
  /**
   * Said to speak HTTP/2 to browsers. A page that sees that it does not goes on as over HTTP/1.1.
   * @default false
   */
  readonly http2?: boolean;
  /**
   * Copies a part out of an object of at least so many bytes, for small files that travel together.
   * @default as Amazon: over 5 MiB
   */
  readonly packs?: { readonly least: number };
  /**
   * The end of the store's own host, which is reached by `https://host/bucket` and by `https://bucket.host` alike: browsers are
   * given both names, where the options name none and the bucket has no dot. A host before the store may have one only.
   * @default none: browsers are given one name
   */
  readonly bothStyles?: string;
  /** Where the options name none. */
  readonly region: string;
  /** `https://host/bucket/key` rather than `https://bucket.host/key`, where the options do not say. */
  readonly forcePathStyle: boolean;
}

export type Checksum = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

export type StoreProfileName =
  | 'aws'
  | 'r2'
  | 'minio'
  | 'ceph'
  | 'ceph-16'
  | 'ceph-20'
  | 'swift'
  | 'gcs'
  | 'wasabi'
  | 'tigris'
  | 'supabase'
  | 'scaleway'
  | 'hetzner'
  | 'b2'
  | 'spaces'
  | 'mock'
  | 'generic';

const ALL_CHECKSUMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

/** As Amazon has it. */
export const PACKS_OVER_5_MIB = { least: 5 * 1024 * 1024 + 1 } as const;

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
 * Any gateway, whatever its age: what the oldest honours. `ceph-16` and `ceph-20` count on more.
 * @see https://docs.ceph.com/en/latest/radosgw/s3/
 */
const ceph: StoreProfile = {
  ...generic,
  name: 'ceph',
  compare: { put: 'MD5', multipart: 'MD5' },
  postPolicy: true,
  packs: { least: 0 },
};

/**
 * `ceph-16`, `ceph-20` and `swift` are from what running stores answered (`npm run test:stores` asks those that a machine
 * can install). The others are from the stores' own documentation, read in November 2026. Where it says nothing, or reports
 * contradict each other, the careful answer stands. `doctor` looks at a real bucket and says where a profile may count on
 * more.
 */
export const PROFILES: Readonly<Record<StoreProfileName, StoreProfile>> = {
  generic,
  /**
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html (a range of a source of over 5 MB alone)
   */
  aws: {
    ...generic,
    name: 'aws',
    // Of every object, whether it is asked for or not. Encrypted with KMS, an ETag is no MD5.
    compare: { put: 'CRC64NVME', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: true, delete: true },
    checksums: ALL_CHECKSUMS,
    postPolicy: true,
    packs: PACKS_OVER_5_MIB,
    forcePathStyle: false,
  },
  /**
   * Of whole objects sent in parts it keeps only CRC-64/NVME. Forms are refused with 501.
   * @see https://developers.cloudflare.com/r2/api/s3/conditional-operations/
   * @see https://developers.cloudflare.com/r2/api/s3/api/
   * @see https://developers.cloudflare.com/r2/objects/multipart-objects/ (all parts but the last are of one size)
   * @see https://developers.cloudflare.com/r2/examples/aws/aws-sdk-js-v3/ (by path and by bucket)
   */
  r2: {
    ...generic,
    name: 'r2',
    compare: { put: 'MD5', multipart: 'CRC64NVME' },
    conditionalWrites: { put: true, complete: true },
    checksums: ALL_CHECKSUMS,
    equalParts: true,
    http2: true,
    bothStyles: '.r2.cloudflarestorage.com',
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
  ceph,
  /** As 16.2 answered: PUT honours `If-None-Match`, Complete and every checksum header are passed over. */
  'ceph-16': { ...ceph, name: 'ceph-16', conditionalWrites: { put: true, complete: false } },
  /**
   * As 20.2 answered: both honour `If-None-Match`. A checksum is verified where `x-amz-sdk-checksum-algorithm` names it; a
   * wrong CRC-64/NVME of the whole is taken on Complete, and that of a one-part upload ends in `-1`, so none is counted on.
   */
  'ceph-20': { ...ceph, name: 'ceph-20', conditionalWrites: { put: true, complete: true } },
  /**
   * As 2.30 and 2.38 answered. `If-None-Match` on PUT is 501 on the older one; on the newer one it passes, yet of three
   * at once on a new key all three won in 16 of 20 races; on Complete it is honoured, and of three at once more than one
   * wins too: nothing is kept from being overwritten. `x-amz-copy-source-if-match` of an object in parts is compared with
   * the ETag of Swift's own manifest, so it never holds; a copy without it is 409 BrokenMPU where a part was sent again
   * after Complete. It has no API for the rules of a bucket and takes no forms.
   * @see https://docs.openstack.org/swift/latest/admin/middleware.html (`max_upload_part_num`, `min_segment_size`)
   */
  swift: {
    ...generic,
    name: 'swift',
    conditionalWrites: { put: false, complete: false, copy: false },
    compare: { put: 'MD5', multipart: 'MD5' },
    bucketRules: { cors: false, lifecycle: false },
    maxParts: 1000,
    takesLateParts: true,
    packs: { least: 0 },
  },
  /**
   * Unproven. Complete overwrites what is there, by its documentation; conditions are on generations, in headers of its
   * own. CORS and lifecycle rules are XML of another form than S3's.
   * @see https://cloud.google.com/storage/docs/multipart-uploads
   * @see https://cloud.google.com/storage/docs/xml-api/put-bucket-cors
   * @see https://cloud.google.com/storage/docs/xml-api/put-bucket-lifecycle
   * @see https://cloud.google.com/storage/docs/request-endpoints (by path and by bucket; HTTP/2)
   */
  gcs: {
    ...generic,
    name: 'gcs',
    bucketRules: { cors: false, lifecycle: false },
    http2: true,
    bothStyles: 'storage.googleapis.com',
    region: 'auto',
  },
  /**
   * Unproven: its documentation says nothing of conditional writes and checksums.
   * @see https://docs.wasabi.com/apidocs/wasabi-api
   */
  wasabi: { ...generic, name: 'wasabi' },
  /**
   * Unproven. Its documentation has `If-None-Match` on writes; whether of several at once one wins nobody has asked.
   * @see https://www.tigrisdata.com/docs/objects/conditionals
   */
  tigris: { ...generic, name: 'tigris', region: 'auto' },
  /**
   * Unproven. Its list of endpoints has no CORS and no lifecycle rules of a bucket; the region is that of the project.
   * @see https://supabase.com/docs/guides/storage/s3/compatibility
   */
  supabase: { ...generic, name: 'supabase', bucketRules: { cors: false, lifecycle: false }, http2: true },
  /**
   * Unproven. `If-None-Match` keeps creating and copying from overwriting, by its documentation, which does not name
   * Complete.
   * @see https://www.scaleway.com/en/docs/object-storage/api-cli/using-conditional-writes/
   * @see https://www.scaleway.com/en/docs/object-storage/api-cli/using-api-call-list/
   */
  scaleway: { ...generic, name: 'scaleway', conditionalWrites: { put: true, complete: false }, region: 'fr-par' },
  /**
   * Unproven: its documentation names what it lacks, and says nothing of conditional writes and checksums.
   * @see https://docs.hetzner.com/storage/object-storage/supported-actions/
   */
  hetzner: { ...generic, name: 'hetzner' },
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
    conditionalWrites: { put: true, complete: true, delete: true },
    checksums: ALL_CHECKSUMS,
    postPolicy: true,
    packs: PACKS_OVER_5_MIB,
  },
};

const HOSTS: readonly (readonly [suffix: string, profile: StoreProfileName])[] = [
  ['.amazonaws.com', 'aws'],
  ['.amazonaws.com.cn', 'aws'],
  ['.r2.cloudflarestorage.com', 'r2'],
  ['.backblazeb2.com', 'b2'],
  ['.digitaloceanspaces.com', 'spaces'],
  ['.storage.googleapis.com', 'gcs'],
  ['.wasabisys.com', 'wasabi'],
  ['.storage.tigris.dev', 'tigris'],
  ['.t3.storage.dev', 'tigris'],
  ['.supabase.co', 'supabase'],
  ['.scw.cloud', 'scaleway'],
  ['.your-objectstorage.com', 'hetzner'],
];

/** The profile of a host that tells what it is; else `generic`. */
export function profileOf(hostname: string): StoreProfile {
  const known = HOSTS.find(([suffix]) => `.${hostname}`.endsWith(suffix));
  return PROFILES[known?.[1] ?? 'generic'];
}
