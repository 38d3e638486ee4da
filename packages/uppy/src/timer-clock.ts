/** The clock of whatever thread it is used on. */
import type { Clock } from '@portage/engine';

export const timerClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
