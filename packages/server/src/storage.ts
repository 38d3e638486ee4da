import type { SignedPart, StoredPart } from '@portage/protocol';

/** What is kept with an object, as request headers with names in lower case. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object as the store reports it. */
export interface StoredObject {
  /** In bytes. */
  size: number;
  /** With its quotes, as the store gave it. */
  etag: string;
  /** Its bytes are encrypted in a way that makes the ETag no MD5, whatever its form. @default false */
  hidesMd5?: boolean;
  /** CRC-64/NVME of the whole object in base64, as the store computed it; undefined where it keeps none. */
  checksum?: string | undefined;
  /** Which version it is, where the bucket keeps versions. */
  versionId?: string | undefined;
  /** What is kept with it: its type, its disposition, `x-amz-meta-*`. */
  headers: ObjectHeaders;
}

/** An object that was looked at: what is done to it is done to no other one at its key, as far as the store can tell. */
export interface ObjectSeen {
  key: string;
  seen: StoredObject;
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
  /** Its regions by name, where it is several stores: each upload lives in one of them. See `regions()`. @default it is one */
  readonly regions?: Readonly<Record<string, Storage>>;
  /** Names of its regions, the nearest to whoever asks first, as far as the request tells. */
  nearest?(request: Request): readonly string[];
  /** Names the store and the bucket, as the server reaches them: a token is good for this place alone. */
  readonly place: string;
  /** How the bytes of an upload can be compared with what was sent. @default by their number alone */
  readonly checksum?: Comparison | undefined;
  /** Smallest part in bytes, but for the last one. @default 5 MiB, as S3 has it */
  readonly minPartSize?: number | undefined;
  /** Most parts of one upload. @default 10,000, as S3 has it */
  readonly maxParts?: number | undefined;
  /** Whether all parts but the last must be of one size. @default they must: nobody says otherwise */
  readonly equalParts?: boolean;
  /** Whether Complete is refused where there is another object, also by two at the same moment. @default false */
  readonly refusesOverwrite?: boolean;
  /** Whether the store takes parts of an upload that is complete, which change or break its object. @default false */
  readonly takesLateParts?: boolean;
  /** Whether files are locked once they are checked: until then they are under another key. @default false */
  readonly locksObjects?: boolean;
  /** Whether the store speaks HTTP/2, or later, to browsers, as far as is known by now. @default false */
  readonly http2?: boolean;
  /** By how many names browsers reach it. @default 1 */
  readonly names?: number;
  /** Where parts can be copied out of an object: the least that it has, in bytes. @default they cannot */
  readonly packs?: { readonly least: number } | undefined;
  /** Signs PUTs of parts, each of exactly its `size` in bytes. `lifetime` is that of the signatures, in seconds. */
  signParts(
    input: MultipartUpload & { parts: readonly { partNumber: number; size: number }[]; lifetime: number },
  ): Promise<SignedPart[]>;
  /** Returns the upload id. */
  createMultipartUpload(input: {
    key: string;
    headers: ObjectHeaders;
    /** Whether the object is deleted in a moment, so that no tag and no storage class is worth it. @default false */
    passing?: boolean;
  }): Promise<string>;
  /** All parts that the store holds, ascending; every page of its response is read. `count` is how many there may be. */
  listParts(upload: MultipartUpload & { count?: number | undefined }): Promise<StoredPart[]>;
  /** Fails with `taken` where there is another object already, as far as the store can tell. */
  completeMultipartUpload(
    input: MultipartUpload & {
      parts: readonly { partNumber: number; etag: string }[];
      /** What the store must find for the whole object, in base64, or fail with `checksum-mismatch`. */
      checksum?: string | undefined;
    },
  ): Promise<void>;
  abortMultipartUpload(upload: MultipartUpload): Promise<void>;
  /** Copies bytes of an object to the first part of an upload, and returns the ETag of the part. Needed where `packs` is set. */
  copyPart?(input: ObjectSeen & { start: number; end: number; to: MultipartUpload }): Promise<string>;
  /** All pending uploads whose keys start with `prefix`; every page of the store's response is read. */
  listMultipartUploads(prefix: string): AsyncIterable<PendingUpload>;
  /** Undefined where there is no such object. */
  headObject(key: string): Promise<StoredObject | undefined>;
  /**
   * The bytes of an object from `start` up to, not including, `end`; fewer where it ends before. Fails with `taken` where
   * it is another one now.
   */
  read(input: ObjectSeen & { start: number; end: number }): Promise<Uint8Array>;
  /**
   * Copies an object with all that is kept with it, within the store, in place of what is there. Fails with `taken` where
   * it is another one now. `locks` locks the copy, where objects are to be locked.
   */
  copyObject(input: ObjectSeen & { to: ObjectPlace; locks?: boolean }): Promise<void>;
  /**
   * Removes an object, of a bucket with versions that version. Succeeds where there is none; fails with `taken` where it is
   * another one now, as far as the store can tell.
   */
  deleteObject(input: ObjectSeen): Promise<void>;
  /** The object's address, without a signature. */
  location(key: string): string;
  /** The same storage, whose calls end when the signal does; all but a complete, which goes on. @default itself */
  within?(signal: AbortSignal): Storage;
  /** How far the store's clock is ahead of this machine's, in milliseconds, as far as its responses tell. @default not known */
  clockSkew?(): number;
  /**
   * Looks whether the store answers, knows these credentials and has the bucket. @default not looked at
   * @throws StoreError where it does not.
   */
  check?(): Promise<void>;
}

/** An object as a list of the store names it. */
export interface ListedObject {
  key: string;
  /** In bytes. */
  size: number;
  /** With its quotes, as the store gave it. */
  etag: string;
  /** When it was stored, by the store's clock, in milliseconds since the epoch. */
  storedAt: number;
}

/** A storage whose objects can be written, listed and shown, too: what works on stored files needs it. */
export interface ObjectStorage extends Storage {
  /** Stores an object in one request, in place of what is there. It shows whole, or not at all. */
  putObject(input: {
    key: string;
    body: Uint8Array<ArrayBuffer>;
    /** SHA-256 of the body in hex, which the store compares with what it gets. */
    sha256: string;
    headers: ObjectHeaders;
  }): Promise<void>;
  /** All objects whose keys start with `prefix`, in the order of their keys; every page of the store's response is read. */
  listObjects(prefix: string): AsyncIterable<ListedObject>;
  /**
   * An address that anybody may read the object by, for `lifetime` seconds at most and half of it at least: it stays the
   * same for that long, so that a browser keeps what it has loaded. `disposition` is what the store then answers as
   * `Content-Disposition`, in place of what is kept with the object.
   */
  signGet(input: { key: string; lifetime: number; disposition?: string | undefined }): Promise<string>;
  within?(signal: AbortSignal): ObjectStorage;
}
