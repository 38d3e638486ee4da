import type { SignedPart, SignedRequest, StoredPart } from '@portage/protocol';

/** What is kept with an object, as request headers with names in lower case. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object as the store reports it. */
export interface StoredObject {
  /** In bytes. */
  size: number;
  /** With its quotes, as the store gave it. */
  etag: string;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Readonly<Record<string, string>>;
}

/** Names a multipart upload. */
export interface MultipartUpload {
  key: string;
  uploadId: string;
}

/**
 * The object store as the server needs it: it signs what browsers send themselves, and runs the few small calls that
 * need the server's credentials. Every call ends within a bounded time, and every failure is a {@link StoreError}.
 */
export interface Storage {
  /** Signs a PUT of a whole object of exactly `size` bytes. `lifetime` is that of the signature, in seconds. */
  signPut(input: { key: string; size: number; headers: ObjectHeaders; lifetime: number }): Promise<SignedRequest>;
  /** Signs PUTs of parts, each of exactly its `size` in bytes. `lifetime` is that of the signatures, in seconds. */
  signParts(
    input: MultipartUpload & { parts: readonly { partNumber: number; size: number }[]; lifetime: number },
  ): Promise<SignedPart[]>;
  /** Returns the upload id. */
  createMultipartUpload(input: { key: string; headers: ObjectHeaders }): Promise<string>;
  /** All parts that the store holds, ascending; every page of its answer is read. */
  listParts(upload: MultipartUpload): Promise<StoredPart[]>;
  completeMultipartUpload(
    input: MultipartUpload & { parts: readonly { partNumber: number; etag: string }[] },
  ): Promise<void>;
  abortMultipartUpload(upload: MultipartUpload): Promise<void>;
  /** Undefined where there is no such object. */
  headObject(key: string): Promise<StoredObject | undefined>;
  /** Succeeds where there is no such object. */
  deleteObject(key: string): Promise<void>;
  /** The object's address, without a signature. */
  location(key: string): string;
}
