/** The words of an upload: plain data that engine, backends and pages hand to each other. */
import type { StoredPart, UnequalParts } from '@portage/protocol';
import type { Failure, Sent } from './failure.ts';

/** What one attempt came to. Failures are values: deciding what follows is the retry policy's, not the caller's. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** How much of a part was handed over. Set by the engine. */
      readonly sent?: Sent;
    };

/** A request that stores one part as it stands. */
export interface PartRequest {
  readonly method: string;
  readonly url: string;
  /** The same request at other hosts of the store; any of them will do. @default none */
  readonly alternatives?: readonly string[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Form fields of an S3 POST policy; with them the body is sent as `multipart/form-data`, in its `file` field. */
  readonly fields?: Readonly<Record<string, string>>;
  /** When the signature ends, in milliseconds on the engine's own clock. */
  readonly expiresAt: number;
  /** Whether the store is said to speak HTTP/2, or later, to browsers. @default nobody says */
  readonly http2?: boolean | undefined;
  /** What the backend knows the upload by where its only part may travel with those of others. @default it goes by itself */
  readonly pack?: string | undefined;
}

/** A part number with the request that stores it. */
export interface ReadyPart {
  readonly partNumber: number;
  readonly request: PartRequest;
}

/** One upload as the backend opened it. Plain data. */
export interface Session {
  /** `single`: one request stores the whole file, and counts as part 1. */
  readonly kind: 'single' | 'multipart';
  readonly key: string;
  /** What the backend needs to recognise the upload. */
  readonly token: string;
  /** In bytes; every part but the last has this size, or with `lanes` the largest. */
  readonly partSize: number;
  /** Parts are unequal, for so many requests at once: see `planParts`. @default equal */
  readonly lanes?: number | undefined;
  /**
   * What shows that the store has the bytes that were sent: a checksum that the store itself computes and verifies; the
   * MD5 of each part, which is its ETag; or `ETag`: the same where the ETags turn out to be MD5s, which with some kinds
   * of encryption they are not. Undefined: nothing does.
   */
  readonly checksum?: 'CRC64NVME' | 'MD5' | 'ETag' | undefined;
  /** Where it lives, of several regions that the backend offered. @default there is one */
  readonly region?: string | undefined;
}

/** What is asked of the backend for one file. */
export interface Intent {
  /** The app's own name for the file. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** MIME type; empty where unknown. */
  readonly type: string;
  /** Wish for a multipart upload with parts of this many bytes; undefined: one request. */
  readonly partSize: number | undefined;
  /** Wish for unequal parts instead of those, where the store takes them. @default equal ones */
  readonly unequal?: UnequalParts;
  /** The part size is nobody's wish: one that fits the link as it was measured takes its place. @default false */
  readonly adaptPartSize?: boolean;
  /** Parts of uploads with a higher one go first. @default 0 */
  readonly priority?: number;
  readonly meta: Readonly<Record<string, string>>;
  /** A sample of the content, to find the same file again. */
  readonly fingerprint?: string;
}

/** The stored object. */
export interface Result {
  readonly key: string;
  /** Its address, without a signature. */
  readonly location: string;
  /** The region where it is, of a store that has several. */
  readonly region?: string | undefined;
  readonly etag: string | undefined;
  /** What the server's own `onComplete` returned. */
  readonly result?: unknown;
  /** What the server tells by how far the processing of the file is, where it has any. */
  readonly processing?: string | undefined;
  /**
   * What proves that the store holds the bytes that were picked: a checksum of the whole object that the store itself
   * computed; ETags that are the MD5s of what was sent; or no more than its size. Undefined where nobody looked.
   */
  readonly verifiedBy?: 'CRC64NVME' | 'MD5' | 'size' | undefined;
  /** How the file was looked at once more before the upload was completed. */
  readonly secondLook?: SecondLook | undefined;
}

/**
 * How it was seen that a file did not change while it was sent.
 *
 * - `whole`: every byte was read again, and is what was sent.
 * - `samples`: bytes from many places were read again, and are what they were before the first part was sent.
 * - `none`: it was not looked at again: the option is off, the upload was over at once in a browser that does not read
 *   files that have changed, or there was no time for it.
 */
export type SecondLook = 'whole' | 'samples' | 'none';

/** What the store has of an upload: some of its parts, or already the whole object. */
export type Holding =
  | { readonly kind: 'parts'; readonly parts: readonly StoredPart[] }
  /** Every byte: it only has to be confirmed, by `complete` with no parts. */
  | { readonly kind: 'whole' };

/** An upload that the backend opened, with the requests that it signed ahead. */
export interface Opened {
  readonly session: Session;
  readonly requests: readonly ReadyPart[];
  /** What the store already has, where an earlier upload of the same file goes on. @default nothing */
  readonly holding?: Holding;
}

/** What the store must hold of the whole file; one of the two. */
export interface Proof {
  /** CRC-64/NVME, in base64. */
  readonly checksum?: string;
  /** The ETag, without quotes, where ETags are made of MD5s. */
  readonly etag?: string;
}
