/**
 * Runs in a Web Worker: reads, computes checksums and sends, and waits where the timers of hidden pages are slowed down. Decides
 * nothing. Imports nothing lazily: bundlers make a single classic script of it by default.
 */

import { timerClock } from '../../timer-clock.ts';
import { isAsked, onAsked } from '../asks.ts';
import { createBlobChecksums } from '../blob-checksums.ts';
import { makeWay } from '../dead-connections.ts';
import { bodyOf, CUT_SHORT, sliceOf } from '../file-range.ts';
import { gather } from '../gather.ts';
import { watchResponse } from '../hidden-responses.ts';
import { sendByXhr } from '../xhr-request.ts';
import type { Order, Report } from './messages.ts';

/** Milliseconds between two messages on progress, whatever the number of requests; but for a whole body, see `addProgress`. */
const INTERVAL = 100;

/** Milliseconds without work, after which the page is asked to end this worker: its memory and its lock cost the page. */
const IDLE = 30_000;

const tell = (report: Report): void => postMessage(report);
onAsked(() => tell({ is: 'held', held: isAsked() }));
const checksums = createBlobChecksums();
/** The ways to stop what is under way. */
const stops = new Map<number, () => void>();

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  switch (order.do) {
    case 'live':
      navigator.locks.request(order.lock, live).catch(fail);
      break;
    case 'send': {
      const { id } = order;
      const { start, end } = order.body;
      const onProgress = (loaded: number) => {
        if (stops.has(id)) addProgress(id, loaded, loaded >= end - start);
      };
      run(id, async (signal) => {
        const body = await bodyOf(order.body);
        if ('failure' in body) return body;
        return sendByXhr({ ...order, body, onProgress }, signal, { makeWay, watchResponse });
      });
      break;
    }
    case 'checksum': {
      const body = sliceOf(order.body);
      run(order.id, async (signal) => (body ? checksums.of(body, order.algorithm, signal) : CUT_SHORT));
      break;
    }
    case 'gather':
      run(order.id, () => gather(order.pieces, order.padding));
      break;
    case 'join':
      run(order.id, () => checksums.join(order.parts, order.algorithm));
      break;
    case 'checksumParts':
      run(order.id, (signal) => checksums.ofParts(order.file, order.lengths, order.algorithm, signal));
      break;
    case 'sample':
      run(order.id, () => checksums.sample(order.file, order.ranges));
      break;
    case 'noticesChanges':
      run(order.id, checksums.noticesChanges);
      break;
    case 'wait':
      run(order.id, (signal) => waited(order.ms, signal));
      break;
    case 'stop':
      stops.get(order.id)?.();
  }
});

/** Never lets go of the lock: the page notices the end of this worker by getting it. */
function live(): Promise<never> {
  tell({ is: 'ready' });
  rest();
  return new Promise(() => {});
}

let stopResting: (() => void) | undefined;

function rest(): void {
  stopResting?.();
  stopResting = timerClock.after(IDLE, () => stops.size === 0 && tell({ is: 'idle' }));
}

function run(id: number, work: (signal: AbortSignal) => Promise<unknown>): void {
  const controller = new AbortController();
  const end = () => {
    stops.delete(id);
    moved.delete(id);
    rest();
  };
  stopResting?.();
  stops.set(id, () => {
    end();
    controller.abort();
  });
  work(controller.signal).then((value) => {
    if (!stops.has(id)) return;
    end();
    tell({ is: 'answer', id, value });
  }, fail);
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = timerClock.after(ms, resolve);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The page hears of it, and does without this worker. */
function fail(error: unknown): void {
  timerClock.after(0, () => {
    throw error;
  });
}

/** How far requests have come since the page was told last, in bytes, by id. */
const moved = new Map<number, number>();
let toldAt = Number.NEGATIVE_INFINITY;
let stopTelling: (() => void) | undefined;

/** @param isWhole - the body is handed over. That is told at once: how long its response takes is counted from then. */
function addProgress(id: number, loaded: number, isWhole: boolean): void {
  moved.set(id, loaded);
  const left = toldAt + INTERVAL - timerClock.now();
  if (isWhole || left <= 0) tellProgress();
  else stopTelling ??= timerClock.after(left, tellProgress);
}

function tellProgress(): void {
  stopTelling?.();
  stopTelling = undefined;
  if (moved.size === 0) return;
  toldAt = timerClock.now();
  tell({ is: 'progress', of: [...moved] });
  moved.clear();
}
