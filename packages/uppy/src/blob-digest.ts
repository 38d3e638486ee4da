/**
 * Sums up parts piece by piece through one buffer, one part at a time: what is read leaves nothing behind to collect.
 *
 * Chromium 156 now and then never answers a read of a blob's stream (on a busy machine about once in 100 parts of 16 MiB),
 * while the same bytes read anew come at once. So a read has a time limit, after which it begins again where it stopped.
 */
import type { Digests, Outcome } from '@portage/engine';
import { type Algorithm, joinSums, startSum } from './sums.ts';
import { within } from './within.ts';

/** In bytes. Blobs are read in pieces of at most this size. */
const PIECE = 256 * 1024;

/** First time limit of a read, in milliseconds; doubles each time, since a disk may be slow. */
const PATIENCE = 3_000;
/** A read that has this limit and does not keep it is given up: the file cannot be read. In milliseconds. */
const MOST_PATIENCE = 48_000;

/** A busy Chromium fails a read now and then for no reason: it is made again after these pauses. In milliseconds. */
const READ_AGAIN: readonly number[] = [500, 1_500];

/** @param patience - First and last time limit of a read, in milliseconds. */
export function createBlobDigests([patience, most] = [PATIENCE, MOST_PATIENCE]): Digests<Blob> {
  let before: Promise<unknown> = Promise.resolve();
  let spare: ArrayBuffer | undefined;

  async function sumBlob(body: Blob, algorithm: Algorithm, signal: AbortSignal | undefined): Promise<Outcome<bigint>> {
    const sum = startSum(algorithm);
    const stopped = { ok: false, failure: { kind: 'network' } } as const;
    const fail = (cause: unknown) => ({ ok: false, failure: { kind: 'unreadable', cause } }) as const;
    if (signal?.aborted) return stopped;
    let read = reading(body.stream(), spare ?? new ArrayBuffer(PIECE));
    spare = undefined;
    let done = 0;
    let limit = patience;
    let pauses = READ_AGAIN;
    for (;;) {
      let piece: Uint8Array | 'late' | undefined;
      try {
        piece = await within(limit, read.next());
      } catch (cause) {
        const [pause, ...rest] = pauses;
        if (pause === undefined) return fail(cause);
        pauses = rest;
        await new Promise((resolve) => setTimeout(resolve, pause));
        read = reading(body.slice(done).stream(), new ArrayBuffer(PIECE));
        continue;
      }
      if (piece === undefined) break;
      if (signal?.aborted) {
        read.cancel();
        return stopped;
      }
      if (piece !== 'late') {
        sum.add(piece);
        done += piece.byteLength;
        limit = patience;
        continue;
      }
      read.cancel();
      if (limit >= most) return fail(new Error(`The file gave no bytes for ${limit / 1000} s.`));
      limit *= 2;
      read = reading(body.slice(done).stream(), new ArrayBuffer(PIECE));
    }
    spare = read.buffer();
    // Firefox ends the stream where the file ends now.
    if (done !== body.size) return fail(new Error(`The file gave ${done} bytes in place of ${body.size}.`));
    return { ok: true, value: sum.value() };
  }

  return {
    sum(body, algorithm, signal) {
      const turn = before.then(() => sumBlob(body, algorithm, signal));
      before = turn;
      return turn;
    },
    join: async (parts, algorithm) => ({ ok: true, value: joinSums(parts, algorithm) }),
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
function reading(stream: ReadableStream<Uint8Array<ArrayBuffer>>, buffer: ArrayBuffer): Reading {
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
