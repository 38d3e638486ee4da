/** Sums up parts piece by piece through one buffer, one part at a time: what is read leaves nothing behind to collect. */
import type { Digests, Outcome } from '@portage/engine';
import { type Algorithm, joinSums, startSum } from './sums.ts';

/** In bytes. Blobs are read in pieces of at most this size. */
const PIECE = 256 * 1024;

export function createBlobDigests(): Digests<Blob> {
  let before: Promise<unknown> = Promise.resolve();
  let spare: ArrayBuffer | undefined;

  async function sumBlob(body: Blob, algorithm: Algorithm, signal: AbortSignal | undefined): Promise<Outcome<bigint>> {
    const sum = startSum(algorithm);
    const stopped = { ok: false, failure: { kind: 'network' } } as const;
    if (signal?.aborted) return stopped;
    try {
      const read = reading(body.stream(), spare ?? new ArrayBuffer(PIECE));
      spare = undefined;
      for (;;) {
        const piece = await read.next();
        if (!piece) break;
        sum.add(piece);
        if (!signal?.aborted) continue;
        await read.cancel();
        return stopped;
      }
      spare = read.buffer();
      return { ok: true, value: sum.value() };
    } catch (cause) {
      return { ok: false, failure: { kind: 'unreadable', cause } };
    }
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
  cancel(): Promise<void>;
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
      cancel: () => reader.cancel(),
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
    cancel: () => byob.cancel(),
    buffer: () => own,
  };
}
