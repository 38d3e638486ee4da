/** What the engine needs of the world. Every effect passes through one of these. */
import type { StoredPart } from '@portage/protocol';
import type { Holding, Intent, Opened, Outcome, PartRequest, Proof, ReadyPart, Result, Session } from './vocabulary.ts';

/** The bytes to upload. `Body` is whatever the transport sends: a `Blob` in browsers. */
export interface Source<Body> {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. Must not read them: a 10 GiB file never sits in memory. */
  slice(start: number, end: number): Body;
}

/** Opens, signs, completes and aborts uploads. One attempt a call; a rejected promise counts as a bug of the app. */
export interface Backend {
  /** How many parts it likes to sign in one call. */
  readonly signBatch: number;
  create(intent: Intent, signal: AbortSignal): Promise<Outcome<Opened>>;
  sign(session: Session, partNumbers: readonly number[], signal: AbortSignal): Promise<Outcome<readonly ReadyPart[]>>;
  /**
   * Every part that the store holds, or the object that they have become.
   * @param id - of the file that goes on with the upload of an earlier page.
   */
  listParts(session: Session, signal: AbortSignal, id?: string): Promise<Outcome<Holding>>;
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

/** What the store answered. */
export interface StoredBody {
  readonly etag: string | undefined;
  /** Of the very bytes that were sent, where the body travelled with others. */
  readonly checksum?: bigint | undefined;
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
      /** Called when a request with `pack` goes by itself: until then its silence says nothing. */
      readonly onAlone?: () => void;
      /** The checksum that is wanted of the body, where it travels with others. */
      readonly algorithm?: 'CRC64NVME' | 'MD5' | undefined;
    },
    signal: AbortSignal,
  ): Promise<Outcome<StoredBody>>;
}

export interface Clock {
  /** Milliseconds since the epoch, by a clock that nobody sets: it only goes on. */
  now(): number;
  /** Runs `fn` after `ms` milliseconds. Returns what cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

export interface Connectivity {
  /** False when the device itself says that it has no network. True proves nothing. */
  online(): boolean;
  /** Calls `listener` when the network may be back. Returns what unsubscribes. */
  onWake(listener: () => void): () => void;
  /** Whether the person asked for less traffic. @default never */
  savesData?(): boolean;
  /**
   * Whether the browser asks the person for leave to reach a host, such as one of the local network, and holds what goes there
   * meanwhile. @default never
   */
  isHeld?(): boolean;
  /**
   * What stands between the page and the network and may keep progress from it, such as a service worker that answers;
   * another one is another value. @default nothing does
   */
  between?(): unknown;
}

/** Computes checksums. Fails as `unreadable` where they cannot be read, and as `changed` where they are not those of before. */
export interface Checksums<Body> {
  of(body: Body, algorithm: 'CRC64NVME' | 'MD5', signal?: AbortSignal): Promise<Outcome<bigint>>;
  /** The checksum of all parts from those of each: the CRC-64/NVME of their bytes, or the MD5 of their MD5s. */
  join(parts: readonly PartChecksum[], algorithm: 'CRC64NVME' | 'MD5'): Promise<Outcome<bigint>>;
  /** Reads a whole file to its end, wherever that is now. Gives the checksum of each part; their `lengths` are in bytes. */
  ofParts(
    file: Body,
    lengths: readonly number[],
    algorithm: 'CRC64NVME' | 'MD5',
    signal: AbortSignal,
  ): Promise<Outcome<readonly bigint[]>>;
  /** One checksum of some ranges of a file, in their order. */
  sample(file: Body, ranges: readonly Range[]): Promise<Outcome<bigint>>;
  /** Whether reads of a file fail by themselves once it has changed. False where that is not known. */
  noticesChanges(): Promise<boolean>;
}

/** Where some bytes of a file are; `end` is exclusive. */
export type Range = readonly [start: number, end: number];

/** By part number; a CRC-64/NVME or an MD5. */
export type PartChecksums = Map<number, bigint>;

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

/** A run of bytes, known by its checksum and its length. */
export interface PartChecksum {
  readonly checksum: bigint;
  /** In bytes. */
  readonly length: number;
}

/** The engine's whole world. */
export interface Ports<Body> {
  readonly transport: Transport<Body>;
  /** Whether the transport may now send requests with `pack` together. @default never */
  readonly packs?: () => boolean;
  readonly checksums: Checksums<Body>;
  readonly backend: Backend;
  readonly clock: Clock;
  readonly random: Random;
  readonly connectivity: Connectivity;
}
