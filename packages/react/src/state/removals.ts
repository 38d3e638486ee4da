import type { UploadSnapshot, UploadStatus, UploadTotals } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { createFileActions, type FileActions, isToPause } from './file-actions.ts';
import type { OutsideFile } from './outside-files.ts';
import { createStore, type Store } from './store.ts';
import type { UploadQueue } from './upload-queue.ts';

/** A removal can be undone for so long, in milliseconds. */
const UNDONE_WITHIN = 6_000;

/** A file that was taken out of the list. */
export interface Removed {
  readonly id: string;
  readonly name: string;
  /** It is where it was, paused and unseen; or it was outside Uppy, and would be put back. */
  readonly from: { readonly at: 'inside'; readonly actions: FileActions; readonly isPaused: boolean } | OutsideFile;
}

/** What was taken out of the list and can come back. Nothing of it is aborted before the time is over. */
export interface Removals {
  readonly list: Store<readonly Removed[]>;
  /** Takes out files, many at once. */
  remove(ids: readonly string[]): void;
  undo(): void;
  /** Ends what was taken out, now. */
  settle(): void;
  /** Time stands still until the returned function is called. */
  hold(): () => void;
}

export function createRemovals(uppy: Uppy, queue: UploadQueue): Removals {
  const { outside, uploads } = queue;
  // Nobody can undo any more once nobody shows it.
  const list = createStore<readonly Removed[]>([], () => {
    // What is done with all files is not for those.
    const events = ['resume-all', 'cancel-all'] as const;
    for (const event of events) uppy.on(event, settle);
    return () => {
      for (const event of events) uppy.off(event, settle);
      settle();
    };
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let holders = 0;

  const set = (removed: readonly Removed[]): void => {
    list.set(removed);
    const ids = new Set(removed.map(({ id }) => id));
    const has = (id: string): boolean => ids.has(id);
    // What was put away since is outside, and counted there.
    const unseen = (): UploadSnapshot[] => [...ids].flatMap((id) => (outside.get(id) ? [] : (uploads.get(id) ?? [])));
    outside.hide(ids.size > 0 ? { has, without: (totals) => without(totals, unseen()) } : undefined);
    clearTimeout(timer);
    if (removed.length > 0 && holders === 0) timer = setTimeout(settle, UNDONE_WITHIN);
  };

  function settle(): void {
    const removed = list.get();
    if (removed.length === 0) return;
    // Gone before it may be seen again.
    for (const { id, from } of removed) if (from.at === 'inside' && queue.info(id)) from.actions.remove();
    set([]);
  }

  /** Undefined for a file that is gone at once. */
  function takeOut(id: string): Removed | undefined {
    const actions = createFileActions(uppy, queue, id);
    const info = queue.info(id);
    const there = outside.get(id);
    const status = uploads.get(id)?.status;
    // Neither of them can be paused: it would be stored behind the person's back.
    if (!info || status === 'verifying' || (info.isRemote && status !== 'complete' && status !== 'failed')) {
      actions.remove();
      return undefined;
    }
    const removed = { id, name: info.name };
    if (there) return { ...removed, from: there };
    const isPaused = isToPause(status) && !uppy.getFile(id).isPaused;
    if (isPaused) actions.pause();
    return { ...removed, from: { at: 'inside', actions, isPaused } };
  }

  function remove(ids: readonly string[]): void {
    const removed = ids.flatMap((id) => takeOut(id) ?? []);
    set([...list.get(), ...removed]);
    // Last: what is handed to Uppy in their place must not be one of them.
    const gone = removed.filter(({ from }) => from.at !== 'inside');
    if (gone.length > 0) queue.remove(gone.map(({ id }) => id));
  }

  function undo(): void {
    // They have their places in the list for as long as they are hidden.
    const back = list.get().map(({ from }) => from);
    const outside = back.filter((from) => from.at !== 'inside');
    if (outside.length > 0) queue.put(outside);
    for (const from of back) if (from.at === 'inside' && from.isPaused) from.actions.resume();
    set([]);
  }

  return {
    list,
    remove,
    undo,
    settle,
    hold() {
      holders += 1;
      clearTimeout(timer);
      return () => {
        holders -= 1;
        set(list.get());
      };
    },
  };
}

/** The totals of all files but these. */
function without({ counts, progress }: UploadTotals, gone: readonly UploadSnapshot[]): UploadTotals {
  const left: Record<UploadStatus, number> = { ...counts };
  let { loaded, total } = progress;
  for (const { status, progress: own } of gone) {
    left[status] -= 1;
    if (status === 'failed' || status === 'canceled') continue;
    loaded -= own.loaded;
    total -= own.total;
  }
  return { counts: left, progress: { ...progress, loaded, total } };
}
