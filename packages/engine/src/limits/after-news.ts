import type { Clock } from '../ports.ts';

/** A timer that is so late shows that the page was asleep, or busy. In milliseconds. */
const LATE = 200;
/** What came meanwhile is told to the page within so many milliseconds. */
const NEWS = 1_000;

/**
 * Calls `fn` after `ms` milliseconds, for those who then look what has not happened. A page that was frozen, or busy for a
 * moment, may have its timers fire before it is told of the answers that came meanwhile: so a late timer waits for those.
 */
export function afterNews(clock: Clock, ms: number, fn: () => void): () => void {
  const due = clock.now() + ms;
  let stop = clock.after(ms, () => {
    if (clock.now() - due < LATE) fn();
    else stop = clock.after(NEWS, fn);
  });
  return () => stop();
}
