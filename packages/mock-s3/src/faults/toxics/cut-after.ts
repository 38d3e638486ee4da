import type { ByteStage } from '../../http/body-source.ts';
import type { Phase } from '../phase.ts';
import { ConnectionCut } from '../toxic.ts';

/** Lets exactly `limit` bytes through; `cut` is called in place of the next one. */
export function cutAfter(limit: number, phase: Phase, cut: () => void): ByteStage {
  return async function* (source) {
    let left = limit;
    for await (const chunk of source) {
      if (left >= chunk.length || !phase.isOn()) yield chunk;
      else {
        if (left > 0) yield chunk.subarray(0, left);
        cut();
        throw new ConnectionCut();
      }
      left -= chunk.length;
    }
  };
}
