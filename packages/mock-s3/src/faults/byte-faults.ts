import { setTimeout as delay } from 'node:timers/promises';
import type { ByteStage } from '../http/body-source.ts';

/** Thrown where a fault has cut the connection: there is nobody left to answer. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

/** Most bytes that a narrow link lets through at a time, so that they trickle instead of coming in bursts. */
const SLICE = 16 * 1024;

/** Lets bytes through no faster than a link of this width would. */
export function narrow(bytesPerSecond: number, signal: AbortSignal): ByteStage {
  return async function* (source) {
    const started = performance.now();
    let bytes = 0;
    for await (const chunk of source) {
      for (let start = 0; start < chunk.length; start += SLICE) {
        const slice = chunk.subarray(start, start + SLICE);
        bytes += slice.length;
        const early = started + (bytes / bytesPerSecond) * 1000 - performance.now();
        if (early > 0) await delay(early, undefined, { signal });
        yield slice;
      }
    }
  };
}

/** Lets exactly `limit` bytes through; `cut` is called in place of the next one. */
export function cutAfter(limit: number, cut: () => void): ByteStage {
  return async function* (source) {
    let left = limit;
    for await (const chunk of source) {
      if (left > 0) yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left < 0) {
        cut();
        throw new ConnectionCut();
      }
    }
  };
}
