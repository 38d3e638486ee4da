import * as v from 'valibot';
import { ALGORITHMS } from '../checksum/algorithm.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A run of bytes on disk: a file in the bucket's folder of blobs. */
const Blob = v.object({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), size });
export type Blob = v.InferOutput<typeof Blob>;

/** Headers given on upload that come back on download, lower case: `content-type`, `x-amz-meta-*`, … */
const StoredHeaders = v.record(v.string(), v.string());
export type StoredHeaders = v.InferOutput<typeof StoredHeaders>;

/** A checksum, base64. */
const Checksum = v.object({ algorithm: v.picklist(ALGORITHMS), value: v.string() });

const checksumType = v.picklist(['FULL_OBJECT', 'COMPOSITE']);

/** An object: written in one go, it exists from then on. */
export const ObjectRecord = v.object({
  key: v.string(),
  size,
  /** Without quotes. */
  etag: v.string(),
  /** Milliseconds since 1970. */
  lastModified: v.number(),
  headers: StoredHeaders,
  /** Its bytes, in order: one blob, or one for each part. */
  blobs: v.array(Blob),
  checksum: v.exactOptional(v.object({ ...Checksum.entries, type: checksumType })),
  /** The multipart upload that made it. */
  uploadId: v.optional(v.string()),
  /** Of each blob that was a part; for an object that an upload made. */
  parts: v.exactOptional(
    v.array(
      v.object({ partNumber: v.number(), etag: v.exactOptional(v.string()), checksum: v.exactOptional(Checksum) }),
    ),
  ),
  /** S3's name for a version; without one it is `null`, as all are where versions are not kept. */
  versionId: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
  /** The later of two versions of a key has the greater one. */
  order: v.exactOptional(v.number()),
  /** It says that there is no object any more, and covers those before. */
  deleteMarker: v.exactOptional(v.boolean()),
});
export type ObjectRecord = v.InferOutput<typeof ObjectRecord>;

/** A multipart upload that is neither completed nor aborted. */
export const UploadRecord = v.object({
  uploadId: v.pipe(v.string(), v.regex(/^[0-9a-f]{44}$/)),
  key: v.string(),
  /** Milliseconds since 1970. */
  initiated: v.number(),
  headers: StoredHeaders,
  /** The checksum that was asked for. */
  checksum: v.exactOptional(v.object({ algorithm: v.picklist(ALGORITHMS), type: checksumType })),
});
export type UploadRecord = v.InferOutput<typeof UploadRecord>;

/** A part that the store has acknowledged. */
export const PartRecord = v.object({
  partNumber: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** MD5 as hex; without quotes. */
  etag: v.string(),
  /** Milliseconds since 1970. */
  lastModified: v.number(),
  blob: Blob,
  checksum: v.exactOptional(Checksum),
});
export type PartRecord = v.InferOutput<typeof PartRecord>;

/** A bucket. */
export const BucketRecord = v.object({
  /** Milliseconds since 1970. */
  created: v.number(),
});
export type BucketRecord = v.InferOutput<typeof BucketRecord>;
