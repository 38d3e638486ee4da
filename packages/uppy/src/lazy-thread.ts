/** The ports that live in a worker where one can be had; their code is loaded beside the page's. */
import type { Ports } from '@portage/engine';
import { arriving } from './arriving.ts';
import type { FileRange } from './file-range.ts';
import { lazyPort } from './lazily.ts';
import { loadOnce } from './load-once.ts';
import { timerClock } from './timer-clock.ts';
import type { OffThread } from './worker/off-thread.ts';

export interface LazyThread extends Pick<Ports<FileRange>, 'transport' | 'digests' | 'clock'> {
  /** Has the worker started, where one may be. */
  wake(): void;
}

/** @param worker - Whether there may be a worker. */
export function lazyThread(worker = true): LazyThread {
  let thread: OffThread | undefined;
  const load = loadOnce(async () => {
    thread = (await arriving(import('./worker/off-thread.ts'))).offThread(worker);
    return thread;
  });
  const digests = lazyPort(
    async () => (await load()).digests,
    ...(['sum', 'join', 'sumParts', 'sample', 'noticesChanges'] as const),
  );
  return {
    wake: () =>
      void load().then(
        ({ wake }) => wake(),
        () => {},
      ),
    transport: lazyPort(async () => (await load()).transport, 'send'),
    digests: { ...digests, noticesChanges: async () => (await digests.noticesChanges()) === true },
    clock: {
      now: timerClock.now,
      // Browsers slow the timers of a hidden page down, to one a minute after a while.
      after: (ms, fn) => (document.hidden && thread ? thread : timerClock).after(ms, fn),
    },
  };
}
