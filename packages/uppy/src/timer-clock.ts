/** The clock of whatever thread it is used on. */
import type { Clock } from '@portage/engine';

/**
 * Milliseconds since the epoch, by a clock that nobody sets: it goes on from the time of day at which the page was opened.
 * The time of day itself is set back by an hour now and then, which no wait or speed may notice.
 */
export const steadyNow = (): number => performance.timeOrigin + performance.now();

export const timerClock: Clock = {
  now: steadyNow,
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves to `late` after `ms` milliseconds; what comes of `work` after that is for nobody. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
