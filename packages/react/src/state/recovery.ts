import { isUploadError, type UnfinishedUpload, type UnfinishedUploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { createStore, type Store } from './store.ts';

/** How far the person's decision on an unfinished upload is. */
export type RecoveryState =
  | { readonly at: 'offered' }
  | { readonly at: 'busy' }
  /** `continue` or `discard` failed; said in words. */
  | { readonly at: 'refused'; readonly code: string; readonly message: string; readonly hint: string };

/** An upload that an earlier page began, and what became of the offer to continue it. */
export interface UnfinishedItem {
  readonly upload: UnfinishedUpload;
  /** Whether `continue` needs the file to be picked. */
  readonly needsFile: boolean;
  readonly state: RecoveryState;
}

/** The offers to continue. Lists them as soon as someone listens, and again when the page is looked at again. */
export interface Recovery extends Store<readonly UnfinishedItem[]> {
  /** Looks again at what there is. */
  refresh(): Promise<void>;
  /** Goes on with an upload. Call it from a click: the browser may ask for permission. */
  continue(id: string, file?: File): Promise<void>;
  /** Throws away what the store holds of it. */
  discard(id: string): Promise<void>;
}

const NONE: readonly UnfinishedItem[] = [];
const OFFERED: RecoveryState = { at: 'offered' };

/** An upload that goes on by another way, such as the same file dropped again, is looked for this often at most, in ms. */
const SETTLED_AFTER = 400;

export function createRecovery(uppy: Uppy, unfinished: UnfinishedUploads | undefined): Recovery {
  const store = createStore(NONE, connect);

  async function refresh(): Promise<void> {
    if (!unfinished) return;
    try {
      const uploads = await unfinished.list();
      const before = new Map(store.get().map((item) => [item.upload.id, item]));
      store.set(uploads.map((upload) => ({ ...offer(upload), ...before.get(upload.id), upload })));
    } catch (error) {
      // Without its records the page uploads as ever; there is only nothing to offer.
      uppy.log(error, 'warning');
    }
  }

  /** The last offer that goes leaves the very same empty list. */
  const without = (id: string): readonly UnfinishedItem[] => {
    const rest = store.get().filter((item) => item.upload.id !== id);
    return rest.length === 0 ? NONE : rest;
  };
  const patch = (id: string, change: Partial<UnfinishedItem>): void =>
    store.set(store.get().map((item) => (item.upload.id === id ? { ...item, ...change } : item)));

  async function decide(id: string, act: () => Promise<void> | undefined): Promise<void> {
    const item = store.get().find(({ upload }) => upload.id === id);
    if (!item || item.state.at === 'busy') return;
    patch(id, { state: { at: 'busy' } });
    try {
      await act();
      store.set(without(id));
    } catch (error) {
      const needsFile = item.needsFile || (isUploadError(error) && error.code === 'file-unreadable');
      patch(id, { needsFile, state: refusal(error) });
    }
  }

  function connect(): () => void {
    if (!unfinished) return () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => void refresh();
    const lookWhenSeen = (): void => {
      if (document.visibilityState === 'visible') look();
    };
    // With nothing on offer there is nothing that could have gone on by another way.
    const lookSoon = (): void => {
      if (store.get().length === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, SETTLED_AFTER);
    };
    look();
    // A page that is being reloaded may hold its uploads for some time after the next one is there.
    const stopWaiting = unfinished.onFreed(look);
    document.addEventListener('visibilitychange', lookWhenSeen);
    uppy.on('upload-start', lookSoon);
    uppy.on('upload-success', lookSoon);
    return () => {
      stopWaiting();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', lookWhenSeen);
      uppy.off('upload-start', lookSoon);
      uppy.off('upload-success', lookSoon);
    };
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    refresh,
    continue: (id, file) => decide(id, () => unfinished?.continue(id, file)),
    discard: (id) => decide(id, () => unfinished?.discard(id)),
  };
}

function offer(upload: UnfinishedUpload): UnfinishedItem {
  return { upload, needsFile: !upload.oneClick, state: OFFERED };
}

function refusal(error: unknown): RecoveryState {
  if (isUploadError(error)) return { at: 'refused', code: error.code, message: error.message, hint: error.hint };
  return { at: 'refused', code: 'unknown', message: error instanceof Error ? error.message : String(error), hint: '' };
}
