/** The workers that prepare files; where none can be had, the page itself. */
import { arriving } from '../arriving.ts';
import type { Order, Report } from './serve.ts';

export interface Crew {
  /**
   * @param heic - Starts the worker that reads HEIC, for where the browser does not.
   * @returns Undefined where the signal ended it. Never rejects.
   */
  prepare(order: Order, signal: AbortSignal, heic?: () => Worker): Promise<Report | undefined>;
  /** Ends the workers: the next order starts them anew. */
  rest(): void;
}

/** A picture that takes longer is sent as it was picked. In milliseconds. */
const LONGEST = 120_000;

/** What became of an order in a worker; `none` where there is no such worker. */
type Told = Report | 'aborted' | 'none';

export function createCrew(): Crew {
  const workers = new Map<() => Worker, Worker>();

  function end(make: () => Worker): void {
    workers.get(make)?.terminate();
    workers.delete(make);
  }

  async function ask(make: () => Worker, order: Order, signal: AbortSignal): Promise<Told> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: (() => void) | undefined;
    const told = await new Promise<Told>((resolve) => {
      stop = () => resolve('aborted');
      signal.addEventListener('abort', stop);
      if (order.task !== 'gzip')
        timer = setTimeout(() => resolve({ is: 'failed', why: `it took over ${LONGEST / 1000} s` }), LONGEST);
      try {
        const worker = workers.get(make) ?? make();
        workers.set(make, worker);
        worker.onmessage = ({ data }: MessageEvent<Report>) => resolve(data);
        worker.onerror = () => resolve('none');
        worker.postMessage(order);
      } catch {
        resolve('none');
      }
    });
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
    // What it is at goes on until it is ended.
    if (told === 'aborted' || told === 'none' || told.is === 'failed') end(make);
    return told;
  }

  /** Its metadata can be taken out of a picture that is too much for the browser. */
  async function withoutPixels(
    failed: Report,
    { file, task }: Order,
    signal: AbortSignal,
  ): Promise<Report | 'aborted'> {
    if (task === 'gzip') return failed;
    const told = await ask(usual, { file, task: { keepMetadata: task.keepMetadata } }, signal);
    if (told === 'aborted' || told === 'none') return told === 'none' ? failed : told;
    return told.is === 'made' ? { is: 'unsupported', data: told.data } : failed;
  }

  return {
    async prepare(order, signal, heic) {
      if (signal.aborted) return undefined;
      let told = await ask(usual, order, signal);
      if (told === 'none') told = await onPage(order, signal);
      if (told !== 'aborted' && told.is === 'failed') told = await withoutPixels(told, order, signal);
      if (told === 'aborted') return undefined;
      if (told.is !== 'unreadable' || !told.isHeic || !heic) return told;
      const decoded = await ask(heic, order, signal);
      return decoded === 'aborted' ? undefined : decoded === 'none' ? told : decoded;
    },
    rest() {
      for (const make of [...workers.keys()]) end(make);
    },
  };
}

// Bundlers know this form and no other. The worker has the extension here that it has once it is built.
const usual = () => new Worker(new URL('./prepare-worker.js', import.meta.url), { type: 'module' });

async function onPage(order: Order, signal: AbortSignal): Promise<Report | 'aborted'> {
  const aborted = new Promise<'aborted'>((resolve) =>
    signal.addEventListener('abort', () => resolve('aborted'), { once: true }),
  );
  const working = arriving(import('./serve.ts')).then(
    ({ prepareOne }) => prepareOne(order),
    (error: unknown): Report => ({ is: 'failed', why: String(error) }),
  );
  return Promise.race([aborted, working]);
}
