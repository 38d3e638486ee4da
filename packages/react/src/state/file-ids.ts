import type { Uppy } from '@uppy/core';
import { createStore, type Store } from './store.ts';
import type { UploadQueue } from './upload-queue.ts';

/**
 * The ids of all files, in the order of the list. Uppy's own state changes with every progress event; this changes only when a file
 * comes, goes or moves, and once for a whole batch.
 */
export function createFileIds(uppy: Uppy, queue: Pick<UploadQueue, 'ids' | 'outside'>): Store<readonly string[]> {
  const read = (): readonly string[] => queue.ids();

  const store = createStore(read(), () => {
    let scheduled = false;
    let connected = true;
    const refresh = (): void => {
      scheduled = false;
      if (!connected) return;
      const ids = read();
      if (!isEqual(ids, store.get())) store.set(ids);
    };
    // Uppy tells of each file on its own, also when 10,000 are removed at once.
    const schedule = (): void => {
      if (scheduled) return;
      scheduled = true;
      // In a task of its own: on a slow processor to add the first file and to draw its row takes 0.1 s together.
      setTimeout(refresh);
    };
    const listen = (how: 'on' | 'off'): void => {
      for (const event of ['files-added', 'file-removed', 'restored'] as const) uppy[how](event, schedule);
    };
    listen('on');
    const disconnect = queue.outside.subscribe(schedule);
    schedule();
    return () => {
      connected = false;
      disconnect();
      listen('off');
    };
  });
  return store;
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
