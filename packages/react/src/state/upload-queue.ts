import type { UploadStatus, Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { type FileInfo, fileInfoOf } from './file-info.ts';
import { joinUploads } from './joined-uploads.ts';
import { type OutsideFile, OutsideFiles } from './outside-files.ts';
import { type QueuedFile, toUppyFile } from './queued-file.ts';

/**
 * So many unfinished files are inside Uppy at a time. Uppy walks over all of its files with each event; 10,000 of them
 * freeze the page for seconds when they are added, and cost milliseconds with each progress event.
 */
export const WINDOW = 100;

/** Changes of many files are looked at together, in milliseconds. */
const GATHERED_FOR = 50;

/** What needs no room among those that are under way. */
const AT_REST: ReadonlyArray<UploadStatus | undefined> = ['paused', 'complete', 'failed', 'canceled'];

/** Stands in front of Uppy where files are many: hands them over as others finish, and keeps those that are done. */
export interface UploadQueue {
  /** The uploads of all files, inside Uppy and outside. */
  readonly uploads: Uploads;
  readonly outside: OutsideFiles;
  /** What is known of a file, wherever it is. */
  info(id: string): FileInfo | undefined;
  /** What the server said of a file once it was stored: its key, or what to ask by for its processing. */
  said(id: string, what: 'key' | 'processing'): string | undefined;
  /** Ids of all files in the order they came. */
  ids(): string[];
  /** Changes the order of the list, in which all ids are, also of files that nobody sees. */
  arrange(change: (ids: readonly string[]) => readonly string[]): void;
  /** Takes files that are not in the list yet; hands over as many as Uppy is to have. */
  add(files: readonly QueuedFile[]): void;
  /** Takes files into the list as they are, such as those that were stored before. */
  put(files: readonly OutsideFile[]): void;
  /** From now on what waits is started when its turn comes, also where Uppy's `autoProceed` is off. */
  start(): void;
  /** Takes files out that are outside Uppy. */
  remove(ids: readonly string[]): void;
  /** Takes out all files that are done and outside. */
  clearDone(): void;
}

const queues = new WeakMap<Uppy, UploadQueue>();

/** The queue of this Uppy: the same one for all providers, and it outlives them. */
export function queueOf(uppy: Uppy, inside: Uploads): UploadQueue {
  let queue = queues.get(uppy);
  if (!queue) {
    queue = createUploadQueue(uppy, inside);
    queues.set(uppy, queue);
  }
  return queue;
}

export function createUploadQueue(uppy: Uppy, inside: Uploads): UploadQueue {
  const outside = new OutsideFiles();
  const uploads = joinUploads(inside, outside, () => !isPaused && (uppy.opts.autoProceed || isStarted));
  /** Of the files, as they came or were arranged, with those that can come back. */
  let order = new Set<string>();
  let isStarted = false;
  let isPaused = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disconnect: (() => void) | undefined;

  function ids(): string[] {
    const { files } = uppy.getState();
    const isHidden = (id: string) => outside.hidden?.has(id);
    order = new Set([...order, ...Object.keys(files)].filter((id) => id in files || outside.get(id) || isHidden(id)));
    return [...order].filter((id) => !isHidden(id));
  }

  /** Hands over as many as there is room for. */
  function feed(): void {
    const unfinished = Object.keys(uppy.getState().files).filter(
      (id) => !AT_REST.includes(inside.get(id)?.status),
    ).length;
    // Half a window at a time: each handover costs Uppy a copy of all it has.
    if (isPaused || unfinished > WINDOW / 2) return;
    const next = outside.next(WINDOW - unfinished);
    if (!next[0]) return;
    try {
      uppy.addFiles(next.map(({ picked }) => toUppyFile(picked)));
    } catch (thrown) {
      uppy.log(thrown, 'error');
      uppy.emit('restriction-failed', undefined, thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    // What Uppy refused it has told of.
    outside.remove(next.map(({ info }) => info.id));
    if (isStarted && !uppy.opts.autoProceed)
      uppy.upload().catch((error: unknown) => uppy.log(String(error), 'warning'));
  }

  /** Takes out of Uppy what is stored, once its postprocessors are through. */
  function putAway(): void {
    const { currentUploads } = uppy.getState();
    const inBatches = new Set(Object.values(currentUploads).flatMap(({ fileIDs }) => fileIDs));
    const done: OutsideFile[] = [];
    for (const id of Object.keys(uppy.getState().files)) {
      const snapshot = inside.get(id);
      const info = fileInfoOf(uppy, id);
      const body = uppy.getFile(id).response?.body;
      if (info && snapshot?.status === 'complete' && !inBatches.has(id))
        // Whoever made its picture gives it away with the file.
        done.push({ at: 'done', info: { ...info, preview: undefined }, snapshot, body });
    }
    if (done.length === 0) return;
    // First here, then gone there: nobody sees the file missing.
    outside.put(done);
    uppy.removeFiles(done.map(({ info }) => info.id));
  }

  function turn(): void {
    timer = undefined;
    // A short list stays in Uppy, also what is done of it: others may want to see it there.
    if (outside.size > 0) {
      putAway();
      feed();
    }
    if (outside.size === 0) release();
  }

  const soon = (): void => {
    timer ??= setTimeout(turn, GATHERED_FOR);
  };

  /** Nothing of this is on Uppy while files are few. */
  function connect(): void {
    if (disconnect) return;
    const pause = (): void => {
      isPaused = true;
    };
    const resume = (): void => {
      isPaused = false;
      soon();
    };
    const drop = (): void => {
      outside.remove([...outside.ids()]);
      release();
    };
    const events = ['upload-success', 'upload-error', 'file-removed', 'complete'] as const;
    const listen = (how: 'on' | 'off'): void => {
      for (const event of events) uppy[how](event, soon);
      uppy[how]('pause-all', pause);
      uppy[how]('resume-all', resume);
      uppy[how]('cancel-all', drop);
    };
    listen('on');
    disconnect = () => {
      listen('off');
      clearTimeout(timer);
      timer = undefined;
    };
  }

  function put(files: readonly OutsideFile[]): void {
    connect();
    ids();
    for (const { info } of files) order.add(info.id);
    outside.put(files);
    feed();
    soon();
  }

  function release(): void {
    disconnect?.();
    disconnect = undefined;
    isPaused = false;
    isStarted = false;
  }

  return {
    uploads,
    outside,
    info: (id) => outside.get(id)?.info ?? fileInfoOf(uppy, id),
    said(id, what) {
      const known = outside.get(id);
      const file = uppy.getState().files[id];
      const body = known?.at === 'done' ? known.body : file?.progress.uploadComplete ? file.response?.body : undefined;
      const said = body?.[what];
      return typeof said === 'string' ? said : undefined;
    },
    ids,
    arrange(change) {
      order = new Set(change([...order]));
    },
    add(files) {
      put(files.map(({ info, picked }) => ({ at: 'waiting', info, picked })));
    },
    put,
    start() {
      isStarted = true;
      soon();
    },
    remove(ids) {
      outside.remove(ids);
      soon();
    },
    clearDone() {
      outside.remove([...outside.ids()].filter((id) => outside.get(id)?.at === 'done'));
      soon();
    },
  };
}

/** Whether only another try can store it. */
export function isLost(uploads: Uploads, id: string): boolean {
  const status = uploads.get(id)?.status;
  return status === 'failed' || status === 'canceled';
}
