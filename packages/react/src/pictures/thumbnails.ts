/**
 * Small pictures of files, made in a worker, one after the other, of what is seen. What was made is kept in the page as a few
 * kilobytes each; an address of it lives for as long as someone shows it.
 */
import { firstFrame } from './first-frame.ts';
import type { ThumbnailOrder } from './thumbnail-worker.ts';

/** What a row wants to show. */
export interface Wanted {
  /** The same for the same bytes. */
  readonly key: string;
  readonly kind: 'picture' | 'film';
  /** Where it is shown; it is made once that is in sight. */
  readonly place: Element;
  /** Asked once it is needed: a file that is stored may be gone by then. */
  data(): Blob | undefined;
  /** Given an address, and undefined when there is none. */
  show(url: string | undefined): void;
}

/** So many are kept; the others are made again when they are seen again. */
const KEPT = 500;
/** Larger files are not decoded; an icon stands. In bytes. */
const MOST_BYTES = 128_000_000;
/** In milliseconds. */
const LONGEST = 20_000;
/** A worker that has nothing to do so long is ended, and what it holds with it. In milliseconds. */
const RESTS_AFTER = 5_000;
/** Sides come in steps of so many pixels, so that rows of almost the same size share what is made. */
const STEP = 128;

interface Job extends Wanted {
  readonly side: number;
}

/** By key; null where nothing can be shown. The last used ones stand last. */
const made = new Map<string, Blob | null>();
const waiting = new Set<Job>();
let isBusy = false;
let worker: Worker | undefined;
let canWork = true;
let resting: ReturnType<typeof setTimeout> | undefined;

/** Shows a small picture of a file for as long as the returned function is not called. */
export function showThumbnail(wanted: Wanted): () => void {
  let url: string | undefined;
  let isOver = false;
  const show = (blob: Blob | null): void => {
    if (isOver || url || !blob) return;
    url = URL.createObjectURL(blob);
    wanted.show(url);
  };
  const box = wanted.place.getBoundingClientRect();
  const view = wanted.place.ownerDocument.defaultView ?? window;
  const side = Math.min(4, Math.ceil((Math.max(box.width, 1) * view.devicePixelRatio) / STEP)) * STEP;
  const key = `${side} ${wanted.key}`;
  const job: Job = { ...wanted, key, side, show: () => show(keep(key)) };
  const known = keep(key);
  // Nothing but the icon where a browser, or the test of an app, lacks what it takes.
  const canWatch = typeof IntersectionObserver !== 'undefined' && typeof OffscreenCanvas !== 'undefined';
  const watch =
    known === undefined && canWatch
      ? new IntersectionObserver((entries) => {
          if (entries.at(-1)?.isIntersecting) want(job);
          else waiting.delete(job);
        })
      : undefined;
  if (known !== undefined) show(known);
  watch?.observe(wanted.place);
  return () => {
    isOver = true;
    watch?.disconnect();
    waiting.delete(job);
    if (url) URL.revokeObjectURL(url);
    wanted.show(undefined);
  };
}

/** What was made under this key, which counts as used now. */
function keep(key: string): Blob | null {
  const blob = made.get(key) as Blob | null;
  if (blob === undefined) return blob;
  made.delete(key);
  made.set(key, blob);
  return blob;
}

function want(job: Job): void {
  if (keep(job.key) !== undefined) {
    job.show(undefined);
    return;
  }
  waiting.add(job);
  void work();
}

async function work(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  clearTimeout(resting);
  for (const job of waiting) {
    waiting.delete(job);
    const data = job.data();
    // What was put away before it was seen can be seen no more.
    if (keep(job.key) === undefined && data) {
      made.set(job.key, (await make(job, data)) ?? null);
      for (const key of made.keys()) {
        if (made.size <= KEPT) break;
        made.delete(key);
      }
    }
    job.show(undefined);
  }
  isBusy = false;
  resting = setTimeout(endWorker, RESTS_AFTER);
}

async function make({ kind, side }: Job, data: Blob): Promise<Blob | undefined> {
  if (kind === 'picture') return data.size > MOST_BYTES ? undefined : inWorker({ from: data, side });
  const frame = await firstFrame(data, side);
  return frame && inWorker({ from: frame, side }, [frame]);
}

/** @param given - What the page lets go of. */
async function inWorker(order: ThumbnailOrder, given: Transferable[] = []): Promise<Blob | undefined> {
  if (!canWork) return undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Blob | undefined>((resolve, reject) => {
      // Bundlers know this form and no other. The worker has the extension here that it has once it is built.
      worker ??= new Worker(new URL('./thumbnail-worker.js', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Blob | undefined>) => resolve(data);
      worker.onerror = () => {
        // Its script did not arrive, or a policy of the page forbids it.
        canWork = false;
        reject();
      };
      timer = setTimeout(reject, LONGEST);
      worker.postMessage(order, given);
    });
  } catch {
    endWorker();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function endWorker(): void {
  worker?.terminate();
  worker = undefined;
}
