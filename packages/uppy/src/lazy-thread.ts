/** The ports that live in a worker where one can be had; their code is loaded beside the page's. */
import type { Ports } from '@portage/engine';
import { arriving } from './arriving.ts';
import type { FileRange } from './file-range.ts';
import { lazily } from './lazily.ts';
import { timerClock } from './timer-clock.ts';
import type { OffThread } from './worker/off-thread.ts';

export interface LazyThread extends Pick<Ports<FileRange>, 'transport' | 'digests' | 'clock'> {
  /** Has the worker started, where one may be. */
  wake(): void;
}

/** @param worker - Whether there may be a worker. */
export function lazyThread(worker = true): LazyThread {
  let thread: OffThread | undefined;
  const ask = lazily(async () => {
    thread = (await arriving(import('./worker/off-thread.ts'))).offThread(worker);
    return thread;
  });
  // Before it is needed: the network is there now, and may not be later.
  ask(async () => {});
  return {
    wake: () => void ask(async ({ wake }) => wake()),
    transport: { send: (attempt, signal) => ask(({ transport }) => transport.send(attempt, signal), signal) },
    digests: {
      sum: (body, algorithm, signal) => ask(({ digests }) => digests.sum(body, algorithm, signal), signal),
      join: (parts, algorithm) => ask(({ digests }) => digests.join(parts, algorithm)),
      sumParts: (file, size, algorithm, signal) =>
        ask(({ digests }) => digests.sumParts(file, size, algorithm, signal), signal),
      sample: (file, ranges) => ask(({ digests }) => digests.sample(file, ranges)),
      noticesChanges: async () => (await ask(({ digests }) => digests.noticesChanges())) === true,
    },
    clock: {
      now: timerClock.now,
      // Browsers slow the timers of a hidden page down, to one a minute after a while.
      after: (ms, fn) => (document.hidden && thread ? thread : timerClock).after(ms, fn),
    },
  };
}
