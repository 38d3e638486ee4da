/**
 * Computes checksums piece by piece through one buffer, one part at a time: what is read leaves nothing behind to collect.
 *
 * Chromium 156 now and then never answers a read of a blob's stream (on a busy machine about once in 100 parts of 16 MiB),
 * while the same bytes read anew come at once. So a read has a time limit, after which it begins again where it stopped.
 */
import type { Checksums, Failure, Outcome, Range } from '@portage/engine';
import { within } from '../timer-clock.ts';
import { readFailure, troubleOf } from './file-trouble.ts';
import { noticesChanges } from './notices-changes.ts';
import { type Algorithm, joinChecksums, startChecksum } from './running-checksum.ts';

/** In bytes. Blobs are read in pieces of at most this size. */
const PIECE = 256 * 1024;

/** First time limit of a read, in milliseconds; doubles each time, since a disk may be slow. */
const TIMEOUT = 3_000;
/** A read that has this limit and does not keep it is given up: the file cannot be read. In milliseconds. */
const MOST_TIMEOUT = 48_000;
/** A read that has failed is made again so often, where the file turns out to be well. */
const MOST_FAILED = 3;

const STOPPED: Failure = { kind: 'network' };

/** @param timeout - First and last time limit of a read, in milliseconds. */
export function createBlobChecksums([timeout, most] = [TIMEOUT, MOST_TIMEOUT]): Checksums<Blob> {
  let before: Promise<unknown> = Promise.resolve();
  let reread: Promise<unknown> = Promise.resolve();
  let spare: ArrayBuffer | undefined;

  /** Reads to the end, wherever that is. Returns how many bytes there were, or why it did not come to the end. */
  async function readAll(
    body: Blob,
    take: (piece: Uint8Array) => void,
    signal?: AbortSignal,
  ): Promise<number | Failure> {
    if (signal?.aborted) return STOPPED;
    let read = reading(body, spare ?? new ArrayBuffer(PIECE));
    spare = undefined;
    let done = 0;
    let failed = 0;
    for (let limit = timeout; ; ) {
      let piece: Uint8Array | 'late' | undefined;
      try {
        piece = await within(limit, read.next());
      } catch (cause) {
        const trouble = await troubleOf(body);
        failed += 1;
        if (trouble || failed === MOST_FAILED) return trouble ?? readFailure(cause);
        read = reading(body.slice(done), new ArrayBuffer(PIECE));
        continue;
      }
      if (piece === undefined) break;
      if (signal?.aborted) {
        read.cancel();
        return STOPPED;
      }
      if (piece !== 'late') {
        take(piece);
        done += piece.byteLength;
        limit = timeout;
        continue;
      }
      read.cancel();
      if (limit >= most) return readFailure(new Error(`The file gave no bytes for ${limit / 1000} s.`));
      limit *= 2;
      read = reading(body.slice(done), new ArrayBuffer(PIECE));
    }
    spare = read.buffer();
    return done;
  }

  return {
    of(body, algorithm, signal) {
      const turn = before.then(async (): Promise<Outcome<bigint>> => {
        const checksum = startChecksum(algorithm);
        const read = await readAll(body, checksum.add, signal);
        // Firefox ends the stream where the file ends now.
        if (read === body.size) return { ok: true, value: checksum.value() };
        return { ok: false, failure: typeof read === 'number' ? { kind: 'unreadable' } : read };
      });
      before = turn;
      return turn;
    },
    join: async (parts, algorithm) => ({ ok: true, value: joinChecksums(parts, algorithm) }),
    ofParts(file, lengths, algorithm, signal) {
      // Apart from the checksums of parts that are sent now: those must not wait until all of a file is read.
      const turn = reread.then(async (): Promise<Outcome<readonly bigint[]>> => {
        const parts = startParts(lengths, algorithm);
        const read = await readAll(file, parts.add, signal);
        if (read === file.size) return { ok: true, value: parts.values() };
        return { ok: false, failure: typeof read === 'number' ? { kind: 'changed' } : read };
      });
      reread = turn;
      return turn;
    },
    async sample(file, ranges) {
      for (let failed = 1; ; failed += 1) {
        try {
          const checksum = startChecksum('CRC64NVME');
          // Asked for at once: each read is a way to another process and back, and the first part waits for all of them.
          for (const bytes of await Promise.all(ranges.map((range) => bytesIn(file, range)))) checksum.add(bytes);
          return { ok: true, value: checksum.value() };
        } catch (cause) {
          const trouble = await troubleOf(file);
          if (trouble || failed === MOST_FAILED) return { ok: false, failure: trouble ?? readFailure(cause) };
        }
      }
    },
    noticesChanges,
  };
}

/** Rejects where there are fewer bytes. */
async function bytesIn(file: Blob, [start, end]: Range): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
  if (bytes.length !== end - start) throw new Error(`The file gave ${bytes.length} bytes in place of ${end - start}.`);
  return bytes;
}

/** The checksums of the parts of a file that comes in pieces. */
function startParts(lengths: readonly number[], algorithm: Algorithm) {
  const values: bigint[] = [];
  let checksum = startChecksum(algorithm);
  const lengthOfNext = () => lengths[values.length] ?? Number.POSITIVE_INFINITY;
  let left = lengthOfNext();
  const next = () => {
    values.push(checksum.value());
    checksum = startChecksum(algorithm);
    left = lengthOfNext();
  };
  return {
    add(piece: Uint8Array) {
      for (let at = 0; at < piece.length; ) {
        if (left === 0) next();
        const some = piece.subarray(at, at + left);
        checksum.add(some);
        left -= some.length;
        at += some.length;
      }
    },
    values() {
      next();
      return values;
    },
  };
}

interface Reading {
  /** Valid until the next call; undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Nobody waits for it: a stream that hangs may hang here too. */
  cancel(): void;
  /** The buffer, after the end: to be used again. */
  buffer(): ArrayBuffer | undefined;
}

/** Reads into `buffer` over and over where the browser can (Safari cannot), else into whatever it hands out. */
function reading(body: Blob, buffer: ArrayBuffer): Reading {
  // jsdom (29), in which apps are tested, has no streams.
  if (!body.stream) return readingSlices(body);
  const stream = body.stream();
  let byob: ReadableStreamBYOBReader;
  try {
    byob = stream.getReader({ mode: 'byob' });
  } catch {
    const reader = stream.getReader();
    return {
      next: async () => (await reader.read()).value,
      cancel: () => void reader.cancel().catch(() => {}),
      buffer: () => undefined,
    };
  }
  let own: ArrayBuffer | undefined = buffer;
  return {
    async next() {
      const { done, value } = await byob.read(new Uint8Array(own ?? new ArrayBuffer(PIECE)));
      own = value?.buffer as ArrayBuffer | undefined;
      return done ? undefined : value;
    },
    cancel: () => void byob.cancel().catch(() => {}),
    buffer: () => own,
  };
}

function readingSlices(body: Blob): Reading {
  let at = 0;
  return {
    async next() {
      const piece = new Uint8Array(await body.slice(at, at + PIECE).arrayBuffer());
      at += piece.length;
      return piece.length > 0 ? piece : undefined;
    },
    cancel() {},
    buffer: () => undefined,
  };
}
