import type { Uppy } from '@uppy/core';
import type { FileInfo } from './file-info.ts';
import type { UploadQueue } from './upload-queue.ts';

/** What is known of each file, for rows that follow it: plugins of Uppy may give it other bytes, and another name. */
export interface FileInfos {
  /** The same object until something of it changes. Of a file that is gone, what was known last. */
  get(id: string): FileInfo;
  subscribe(id: string, listener: () => void): () => void;
}

export function createFileInfos(uppy: Uppy, queue: Pick<UploadQueue, 'info'>): FileInfos {
  const known = new Map<string, FileInfo>();
  const listeners = new Map<string, Set<() => void>>();

  function get(id: string): FileInfo {
    const before = known.get(id);
    const now = queue.info(id) ?? before ?? { id, name: '', size: 0, type: '', relativePath: undefined };
    if (JSON.stringify(before) === JSON.stringify(now)) return before as FileInfo;
    known.set(id, now);
    return now;
  }

  /** Called at every change inside Uppy, so it looks at the files of rows only. */
  const onState: Parameters<typeof uppy.on<'state-update'>>[1] = (before, now, patch) => {
    if (!patch?.files) return;
    for (const [id, own] of listeners) {
      if (before.files[id] === now.files[id]) continue;
      const was = known.get(id);
      if (get(id) !== was) for (const listener of own) listener();
    }
  };

  return {
    get,
    subscribe(id, listener) {
      if (listeners.size === 0) uppy.on('state-update', onState);
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size > 0 || !listeners.delete(id)) return;
        known.delete(id);
        if (listeners.size === 0) uppy.off('state-update', onState);
      };
    },
  };
}
