import { afterNews } from '../limits/after-news.ts';
import type { Clock } from '../ports.ts';

/** In milliseconds. */
const TICK = 1_000;
/** A tick counts for so long at most, so that an hour of sleep is not taken for an hour of silence. In milliseconds. */
const MOST = 5_000;

/**
 * Ticks once a second while that is wanted. Returns what looks whether it is.
 * @param on - `onTick` gets the milliseconds since the last tick.
 */
export function createTicker(clock: Clock, on: { isWanted(): boolean; onTick(elapsed: number): void }): () => void {
  let stop: (() => void) | undefined;

  function look(): void {
    if (!on.isWanted()) {
      stop?.();
      stop = undefined;
    } else if (!stop) {
      const tickedAt = clock.now();
      stop = afterNews(clock, TICK, () => {
        stop = undefined;
        on.onTick(Math.min(MOST, clock.now() - tickedAt));
        look();
      });
    }
  }
  return look;
}
