/** A worker and the line to it: starts one when there is work, notices its end, and lets it go when it is idle. */
import { setAsked } from '../asks.ts';
import type { Order, Report } from './messages.ts';

/** Worker code that is not there by then, in milliseconds, is not waited for. */
const TIMEOUT = 3_000;

/** So often a worker is started in vain. */
const CHANCES = 3;

/** What came of an order: its value; that no worker could be had; or that it is gone, or the order was stopped. */
export type Told = { readonly value: unknown } | 'none' | 'lost';

type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;

export interface WorkerLine {
  /** Starts the worker where there is none and one can be had; also where one could not be started before. */
  wake(): void;
  /** Has the next order try a worker anew, however often that was in vain: the page cannot do the work either. */
  need(): void;
  /** Rejects where the order cannot be sent to a worker, which takes plain data and files only. */
  ask(order: WithoutId<Order>, signal?: AbortSignal, onProgress?: (loaded: number) => void): Promise<Told>;
}

interface Job {
  readonly settle: (told: Told) => void;
  readonly onProgress: (loaded: number) => void;
}

/** @param make - May throw, or give a worker that has an `error` event. Undefined: there is to be none. */
export function createWorkerLine(make: (() => Worker) | undefined): WorkerLine {
  const jobs = new Map<number, Job>();
  let last = 0;
  /** Until the next `wake` none is tried: the network may be gone, or slow. */
  let broken = false;
  /** How many more may fail to start. Of one that has lived there is no next: what ended it may well end that, too. */
  let chances = CHANCES;
  let current: Worker | undefined;
  let starting: Promise<Worker | undefined> | undefined;

  function wake(): Promise<Worker | undefined> {
    starting ??= start();
    return starting;
  }

  async function start(): Promise<Worker | undefined> {
    // Without locks (an old browser, a page without https) the death of a worker would go unnoticed.
    if (!make || broken || typeof Worker === 'undefined' || !navigator.locks) return undefined;
    try {
      current = make();
    } catch {
      broken = true;
      chances -= 1;
      return undefined;
    }
    const worker = current;
    return new Promise((resolve) => {
      const lock = `portage-worker-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
      const die = () => {
        clearTimeout(timer);
        resolve(undefined);
        if (worker === current) lose();
      };
      const timer = setTimeout(die, TIMEOUT);
      worker.onerror = (event) => {
        event.preventDefault();
        die();
      };
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        if (data.is === 'progress') for (const [id, loaded] of data.of) jobs.get(id)?.onProgress(loaded);
        else if (data.is === 'answer') jobs.get(data.id)?.settle({ value: data.value });
        else if (data.is === 'held') setAsked('worker', data.held);
        else if (data.is === 'idle') {
          if (jobs.size === 0 && worker === current) end();
        } else {
          clearTimeout(timer);
          chances = 0;
          // Nobody has it but the worker, so it comes when the worker is gone.
          navigator.locks.request(lock, die).catch(die);
          resolve(worker);
        }
      };
      worker.postMessage({ do: 'live', lock } satisfies Order);
    });
  }

  function lose(): void {
    broken = true;
    chances -= 1;
    end();
    for (const { settle } of [...jobs.values()]) settle('lost');
  }

  function end(): void {
    setAsked('worker', false);
    current?.terminate();
    current = undefined;
    starting = undefined;
  }

  function need(): void {
    if (!broken) return;
    broken = false;
    starting = undefined;
  }

  return {
    wake() {
      if (chances > 0) need();
      wake();
    },
    need,
    async ask(order, signal, onProgress = () => {}) {
      const worker = await wake();
      if (!worker || worker !== current) return 'none';
      const id = ++last;
      worker.postMessage({ ...order, id });
      return new Promise<Told>((resolve) => {
        const stop = () => {
          worker.postMessage({ do: 'stop', id } satisfies Order);
          settle('lost');
        };
        const settle = (told: Told) => {
          if (!jobs.delete(id)) return;
          signal?.removeEventListener('abort', stop);
          resolve(told);
        };
        jobs.set(id, { settle, onProgress });
        signal?.addEventListener('abort', stop);
        if (signal?.aborted) stop();
      });
    },
  };
}
