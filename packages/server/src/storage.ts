import type { SignedPart, SignedRequest, StoredPart } from '@portage/protocol';

/** What is kept with an object, as request headers with names in lower case. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object as the store reports it. */
export interface StoredObject {
  /** In bytes. */
  size: number;
  /** With its quotes, as the store gave it. */
  etag: string;
  /** CRC-64/NVME of the whole object in base64, as the store computed it; undefined where it keeps none. */
  checksum?: string | undefined;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Readonly<Record<string, string>>;
}

/**
 * How the bytes that the store holds are compared with what was sent: by a CRC-64/NVME of the whole that the store
 * computes; by the ETag, which is made of MD5s; or by the ETag where it turns out to be, which with some kinds of
 * encryption it does not.
 */
export type Comparison = 'CRC64NVME' | 'MD5' | 'ETag';

/** Names a multipart upload. */
export interface MultipartUpload {
  key: string;
  uploadId: string;
}

/** A multipart upload that is neither complete nor aborted. */
export interface PendingUpload extends MultipartUpload {
  /** When it was begun, by the store's clock, in milliseconds since the epoch. */
  startedAt: number;
}

/** Where an object is, or shall be. */
export interface ObjectPlace {
  /** Of the same store, for the same credentials. @default the storage's own */
  bucket?: string | undefined;
  key: string;
}

/**
 * The object store as the server needs it: it signs what browsers send themselves, and runs the few small calls that
 * need the server's credentials. Every call ends within a bounded time, and every failure is a {@link StoreError}.
 */
export interface Storage {
  /** How the bytes of a multipart upload can be compared with what was sent. @default by their number alone */
  readonly checksum?: Comparison | undefined;
  /** The same, of an object that one PUT stores. @default by their number alone */
  readonly putChecksum?: Comparison | undefined;
  /** Smallest part in bytes, but for the last one. @default 5 MiB, as S3 has it */
  readonly minPartSize?: number | undefined;
  /** Most parts of one upload. @default 10,000, as S3 has it */
  readonly maxParts?: number | undefined;
  /** Whether a signed PUT is refused where there is an object: then one that was checked stays what it is. @default false */
  readonly refusesOverwrite?: boolean;
  /**
   * Signs a PUT of a whole object of exactly `size` bytes. `lifetime` is that of the signature, in seconds. Unless
   * `overwrite`, the store must refuse it where there is an object already, as far as it can.
   */
  signPut(input: {
    key: string;
    size: number;
    headers: ObjectHeaders;
    lifetime: number;
    overwrite?: boolean;
  }): Promise<SignedRequest>;
  /** Signs PUTs of parts, each of exactly its `size` in bytes. `lifetime` is that of the signatures, in seconds. */
  signParts(
    input: MultipartUpload & { parts: readonly { partNumber: number; size: number }[]; lifetime: number },
  ): Promise<SignedPart[]>;
  /** Returns the upload id. */
  createMultipartUpload(input: { key: string; headers: ObjectHeaders }): Promise<string>;
  /** All parts that the store holds, ascending; every page of its answer is read. */
  listParts(upload: MultipartUpload): Promise<StoredPart[]>;
  /** Unless `overwrite`, it fails with `taken` where there is another object already, as far as the store can tell. */
  completeMultipartUpload(
    input: MultipartUpload & {
      parts: readonly { partNumber: number; etag: string }[];
      overwrite?: boolean;
      /** What the store must find for the whole object, in base64, or fail with `checksum-mismatch`. */
      checksum?: string | undefined;
    },
  ): Promise<void>;
  abortMultipartUpload(upload: MultipartUpload): Promise<void>;
  /** All pending uploads whose keys start with `prefix`; every page of the store's answer is read. */
  listMultipartUploads(prefix: string): AsyncIterable<PendingUpload>;
  /** Undefined where there is no such object. */
  headObject(key: string): Promise<StoredObject | undefined>;
  /** The bytes of an object from `start` up to, not including, `end`; fewer where it ends before. */
  read(input: { key: string; start: number; end: number }): Promise<Uint8Array>;
  /** Copies an object with all that is kept with it, within the store. S3 copies up to 5 GiB. */
  copyObject(input: { key: string; to: ObjectPlace }): Promise<void>;
  /** Succeeds where there is no such object. */
  deleteObject(key: string): Promise<void>;
  /** The object's address, without a signature. */
  location(key: string): string;
}
