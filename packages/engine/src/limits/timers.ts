/** Timers of a page that may be asleep or busy, so that its timers are late. */
import type { Clock } from '../ports.ts';

/** A timer that is so late shows that the page was asleep, or busy. In milliseconds. */
const LATE = 200;
/** What came meanwhile is told to the page within so many milliseconds. */
const NEWS = 1_000;

/**
 * Calls `fn` after `ms` milliseconds, for those who then look what has not happened. A page that was frozen, or busy for a
 * moment, may have its timers fire before it is told of the responses that came meanwhile: so a late timer waits for those.
 */
export function afterNews(clock: Clock, ms: number, fn: () => void): () => void {
  const due = clock.now() + ms;
  let stop = clock.after(ms, () => {
    if (clock.now() - due < LATE) fn();
    else stop = clock.after(NEWS, fn);
  });
  return () => stop();
}

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
