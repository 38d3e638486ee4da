/** Gathers the progress of all requests, so that a page hears of it a few times a second, whatever their number. */
import type { Clock } from '@portage/engine';
import type { Progress } from './messages.ts';

export interface ProgressMail {
  /** `whole`: the body is handed over. That is told at once, since how long its response takes is counted from here. */
  add(id: number, loaded: number, whole: boolean): void;
  /** The request is over; what was to be told of it is not. */
  drop(id: number): void;
}

/** @param interval - At most one message in this many milliseconds, but for whole bodies. */
export function createProgressMail(clock: Clock, interval: number, post: (progress: Progress) => void): ProgressMail {
  const moved = new Map<number, number>();
  let postedAt = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | undefined;

  function flush(): void {
    stopTimer?.();
    stopTimer = undefined;
    if (moved.size === 0) return;
    postedAt = clock.now();
    post([...moved]);
    moved.clear();
  }

  return {
    add(id, loaded, whole) {
      moved.set(id, loaded);
      const left = postedAt + interval - clock.now();
      if (whole || left <= 0) flush();
      else stopTimer ??= clock.after(left, flush);
    },
    drop: (id) => void moved.delete(id),
  };
}
