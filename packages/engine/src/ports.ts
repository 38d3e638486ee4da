/** What the engine needs of the world. Every effect passes through one of these. */
import type { StoredPart } from '@portage/protocol';
import type { Failure, Sent } from './failure.ts';
import type { Trace } from './trace.ts';
import type { AfterFailure } from './upload-state.ts';

/** What one attempt came to. Failures are values: deciding what follows is the retry policy's, not the caller's. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** How much of a part was handed over. Set by the engine. */
      readonly sent?: Sent;
    };

/** The bytes to upload. `Body` is whatever the transport sends: a `Blob` in browsers. */
export interface Source<Body> {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. Must not read them: a 10 GiB file never sits in memory. */
  slice(start: number, end: number): Body;
}

/** A request that stores one part as it stands. */
export interface PartRequest {
  readonly method: string;
  readonly url: string;
  /** The same request by other names of the store; any of them will do. @default none */
  readonly alternatives?: readonly string[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Form fields of an S3 POST policy; with them the body is sent as `multipart/form-data`, in its `file` field. */
  readonly fields?: Readonly<Record<string, string>>;
  /** When the signature ends, in milliseconds on the engine's own clock. */
  readonly expiresAt: number;
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
  /** In bytes; every part but the last has this size. */
  readonly partSize: number;
  /**
   * What shows that the store has the bytes that were sent: a checksum that the store itself computes and verifies; the
   * MD5 of each part, which is its ETag; or `ETag`: the same where the ETags turn out to be MD5s, which with some kinds
   * of encryption they are not. Undefined: nothing does.
   */
  readonly checksum?: 'CRC64NVME' | 'MD5' | 'ETag' | undefined;
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
  readonly etag: string | undefined;
  /** What the server's own `onComplete` returned. */
  readonly result?: unknown;
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

/** Opens, signs, completes and aborts uploads. One attempt a call; a rejected promise counts as a bug of the app. */
export interface Backend {
  /** How many parts it likes to sign in one call. */
  readonly signBatch: number;
  create(intent: Intent, signal: AbortSignal): Promise<Outcome<Opened>>;
  sign(session: Session, partNumbers: readonly number[], signal: AbortSignal): Promise<Outcome<readonly ReadyPart[]>>;
  /** Every part that the store holds, or the object that they have become. */
  listParts(session: Session, signal: AbortSignal): Promise<Outcome<Holding>>;
  /**
   * `proof` is of the whole file, where the session asks for one and its parts are known. No parts: the object is
   * there already and only has to be confirmed.
   */
  complete(
    session: Session,
    parts: readonly StoredPart[],
    proof: Proof | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<Result>>;
  /** Throws away what the store holds of an unfinished upload. */
  abort(session: Session): Promise<Outcome<unknown>>;
}

/** Makes one attempt of one request. Never ends it for being slow or silent: the engine does. */
export interface Transport<Body> {
  send(
    attempt: {
      readonly request: PartRequest;
      readonly body: Body;
      /** Called with the bytes of the body sent so far. */
      readonly onProgress: (loaded: number) => void;
      /** An attempt before it is or was silent: connections that are open may be dead. */
      readonly afterSilence: boolean;
    },
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly etag: string | undefined }>>;
}

export interface Clock {
  /** Milliseconds since the epoch, by a clock that nobody sets: it only goes on. */
  now(): number;
  /** Runs `fn` after `ms` milliseconds. Returns the way out. */
  after(ms: number, fn: () => void): () => void;
}

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

export interface Connectivity {
  /** False when the device itself says that it has no network. True proves nothing. */
  online(): boolean;
  /** Calls `listener` when the network may be back. Returns the way out. */
  onWake(listener: () => void): () => void;
  /** Whether the person asked for less traffic. @default never */
  savesData?(): boolean;
}

/** Sums up bytes. Fails as `unreadable` where they cannot be read, and as `changed` where they are not those of before. */
export interface Digests<Body> {
  sum(body: Body, algorithm: 'CRC64NVME' | 'MD5', signal?: AbortSignal): Promise<Outcome<bigint>>;
  /** The sum of all parts from those of each: the CRC-64/NVME of their bytes, or the MD5 of their MD5s. */
  join(parts: readonly SummedPart[], algorithm: 'CRC64NVME' | 'MD5'): Promise<Outcome<bigint>>;
  /** Reads a whole file to its end, wherever that is now. Gives the sum of each part, `partSize` bytes long. */
  sumParts(
    file: Body,
    partSize: number,
    algorithm: 'CRC64NVME' | 'MD5',
    signal: AbortSignal,
  ): Promise<Outcome<readonly bigint[]>>;
  /** One sum of some ranges of a file, in their order. */
  sample(file: Body, ranges: readonly Range[]): Promise<Outcome<bigint>>;
  /** Whether reads of a file fail by themselves once it has changed. False where that is not known. */
  noticesChanges(): Promise<boolean>;
}

/** Where some bytes of a file are; `end` is exclusive. */
export type Range = readonly [start: number, end: number];

/** By part number; a CRC-64/NVME or an MD5. */
export type PartSums = Map<number, bigint>;

/** An upload whose parts are all stored. */
export interface Completing<Body> {
  readonly source: Source<Body>;
  /** What is known of the parts' sums; those that are missing are added. */
  readonly sums: PartSums;
  readonly session: Session;
  readonly parts: readonly StoredPart[];
  /** Undefined where there was none. */
  readonly firstLook: FirstLook | undefined;
}

/** What a file was before its first byte was sent. */
export interface FirstLook {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** Whether reads of it fail by themselves once it has changed. */
  readonly noticed: boolean;
  readonly ranges: readonly Range[];
  /** Of the bytes in those ranges. */
  readonly sample: bigint;
}

/** Proves that what is stored is what was picked. */
export interface Proving<Body> {
  /** Looks at a file before its first byte is sent. */
  begin(source: Source<Body>, signal: AbortSignal): Promise<Outcome<FirstLook>>;
  /** Leaves out the parts that arrived otherwise than they were sent: they must be sent again. */
  sound(holding: Holding, sums: PartSums, session: Session): Promise<Outcome<Holding>>;
  /**
   * Completes once. Fails as `damaged` where parts arrived otherwise than they were sent, and as `changed` where the file
   * is not what was sent any more.
   */
  complete(upload: Completing<Body>, signal: AbortSignal): Promise<Outcome<Result>>;
}

/** A run of bytes, known by its sum and its length. */
export interface SummedPart {
  readonly sum: bigint;
  /** In bytes. */
  readonly length: number;
}

/** What follows a failure; see `failures.ts`. */
export interface Failures {
  readonly afterFailure: AfterFailure;
  /** Whether the one who was asked wants to be asked less. */
  asksForLess(failure: Failure): boolean;
}

/** The engine's whole world. */
export interface Ports<Body> {
  readonly transport: Transport<Body>;
  readonly digests: Digests<Body>;
  readonly backend: Backend;
  readonly proving: Proving<Body>;
  /** Loads what is not needed while all goes well. Never rejects. */
  readonly failures: () => Promise<Failures>;
  readonly clock: Clock;
  readonly random: Random;
  readonly connectivity: Connectivity;
  /** Hears what happens to each upload, as it happens. @default nobody does */
  readonly trace?: Trace | undefined;
}
