/** The engine's transport, checksums and timers in a worker, or on the page where no worker can be had. */
import type { Checksums, Clock, Outcome, Transport } from '@portage/engine';
import type { Joined, PackerPorts } from '@portage/engine/packs';
import { arriving } from '../../arriving.ts';
import { timerClock } from '../../timer-clock.ts';
import { makeWay } from '../dead-connections.ts';
import type { FileRange } from '../file-range.ts';
import { watchResponse } from '../hidden-responses.ts';
import type { OnPage } from '../on-page.ts';
import { storeFailure } from '../responses.ts';
import { tellHidden } from '../tell-developer.ts';
import type { XhrOutcome } from '../xhr-request.ts';
import { createWorkerLine, type Told } from './worker-line.ts';

export interface OffThread {
  /** Starts the worker, so that it is there when there is something to send. */
  wake(): void;
  readonly transport: Transport<FileRange>;
  readonly checksums: Checksums<FileRange>;
  /** Rejects where the code for it does not arrive. */
  readonly gather: PackerPorts<FileRange>['join'];
  /** As a clock's, and on time in a hidden page too. */
  readonly after: Clock['after'];
}

let shared: OffThread | undefined;

/** @param worker - False: all is done on the page. The worker is one for all uploads of a page. */
export function offThread(worker: boolean): OffThread {
  if (!worker) return createOffThread();
  // Bundlers know this form and no other. The worker has the extension here that it has once it is built.
  shared ??= createOffThread(() => new Worker(new URL('./upload-worker.js', import.meta.url), { type: 'module' }));
  return shared;
}

function createOffThread(make?: () => Worker): OffThread {
  const line = createWorkerLine(make);
  let loading: Promise<OnPage> | undefined;
  let notices: Promise<boolean> | undefined;

  function load(): Promise<OnPage> {
    loading ??= arriving(import('../on-page.ts')).then(
      ({ createOnPage }) => createOnPage({ makeWay, watchResponse }),
      (cause) => {
        loading = undefined;
        // In Firefox (153) it may never arrive on this page again, where a module failed that it imports. A worker starts afresh.
        line.need();
        throw cause;
      },
    );
    return loading;
  }
  // Before it is needed: the network is there now, and may not be later.
  if (!make) load().catch(() => {});

  /** Code that does not arrive is a lost connection like any other. */
  async function onPage<T>(work: (page: OnPage) => Promise<T>): Promise<T | Extract<Outcome<T>, { ok: false }>> {
    let page: OnPage;
    try {
      page = await load();
    } catch (cause) {
      return { ok: false, failure: { kind: 'network', cause } };
    }
    return work(page);
  }

  async function askToSend({ request, onProgress, ...rest }: Attempt, signal: AbortSignal): Promise<Told> {
    try {
      // In a worker, a relative address would be one beside the worker's script.
      const url = new URL(request.url, document.baseURI).href;
      return await line.ask({ do: 'send', request: { ...request, url }, ...rest }, signal, onProgress);
    } catch {
      // What is no address, or cannot be sent to a worker, is for the page to stumble over.
      return 'none';
    }
  }

  async function ask<T>(
    asked: Promise<Told>,
    signal: AbortSignal | undefined,
    work: (page: OnPage) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const told = await asked;
    if (typeof told === 'object') return told.value as Outcome<T>;
    return signal?.aborted ? LOST : onPage(work);
  }

  /** Asked once: with ten thousand files, ten thousand messages would say the same. */
  async function findOut(): Promise<boolean> {
    const told = await line.ask({ do: 'noticesChanges' });
    if (typeof told === 'object') return told.value === true;
    const seen = await onPage((page) => page.checksums.noticesChanges());
    // Lost code says nothing of the browser.
    if (typeof seen !== 'boolean') notices = undefined;
    return seen === true;
  }

  return {
    wake: line.wake,
    transport: {
      async send(attempt, signal) {
        const told = await askToSend(attempt, signal);
        if (told === 'none') return readXhr(await onPage<XhrOutcome>((page) => page.send(attempt, signal)));
        return told === 'lost' ? LOST : readXhr(told.value as XhrOutcome);
      },
    },
    checksums: {
      of: (body, algorithm, signal) =>
        ask(line.ask({ do: 'checksum', body, algorithm }, signal), signal, (page) =>
          page.checksumOf(body, algorithm, signal),
        ),
      join: (parts, algorithm) =>
        ask(line.ask({ do: 'join', parts, algorithm }), undefined, (page) => page.checksums.join(parts, algorithm)),
      ofParts: ({ file }, lengths, algorithm, signal) =>
        ask(line.ask({ do: 'checksumParts', file, lengths, algorithm }, signal), signal, (page) =>
          page.checksums.ofParts(file, lengths, algorithm, signal),
        ),
      sample: ({ file }, ranges) =>
        ask(line.ask({ do: 'sample', file, ranges }), undefined, (page) => page.checksums.sample(file, ranges)),
      noticesChanges() {
        notices ??= findOut();
        return notices;
      },
    },
    async gather(pieces, padding) {
      const told = await line.ask({ do: 'gather', pieces, padding });
      return typeof told === 'object' ? (told.value as Joined<FileRange>) : (await load()).gather(pieces, padding);
    },
    after(ms, fn) {
      // Both are set: the page's is late in a hidden page, the worker's may die.
      const waiting = new AbortController();
      const stop = () => {
        stopTimer();
        waiting.abort();
      };
      const fire = () => {
        stop();
        fn();
      };
      const stopTimer = timerClock.after(ms, fire);
      line.ask({ do: 'wait', ms }, waiting.signal).then((told) => {
        if (typeof told === 'object') fire();
      });
      return stop;
    },
  };
}

type Attempt = Parameters<Transport<FileRange>['send']>[0];

const LOST = { ok: false, failure: { kind: 'network' } } as const;

/** Needs a page: refusals are XML, which workers cannot read. */
function readXhr(outcome: XhrOutcome): Outcome<{ readonly etag: string | undefined }> {
  if (!outcome.ok) {
    tellHidden(outcome.failure.kind === 'network' ? outcome.failure.hidden : undefined);
    return outcome;
  }
  const { status, etag, contentType, retryAfter, text } = outcome.value;
  if (status < 200 || status >= 300) return { ok: false, failure: storeFailure(status, retryAfter, text) };
  // What has an ETag is stored, whatever it calls itself: Swift says `text/html` of nothing. A page without one is what a
  // Wi-Fi network wants to be signed in to.
  if (etag === null && text !== '' && /html/i.test(contentType ?? ''))
    return { ok: false, failure: { kind: 'invalid-response' } };
  return { ok: true, value: { etag: etag ?? undefined } };
}
