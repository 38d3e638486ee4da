import type { Uppy } from '@uppy/core';
import { createFileActions, type FileActions, isToPause } from './file-actions.ts';
import { waiting } from './joined-uploads.ts';
import type { HeldFile } from './outside-files.ts';
import type { Removals } from './removals.ts';
import type { UploadQueue } from './upload-queue.ts';

/** Those that hold files back until all is resumed. */
const holding = new WeakSet<UploadQueue>();

/** What can be done with the files of a folder together. */
export function createFolderActions(
  uppy: Uppy,
  queue: UploadQueue,
  removals: { readonly current: Pick<Removals, 'remove'> | null },
  ids: readonly string[],
): FileActions {
  const { uploads, outside } = queue;
  const each = (ids: readonly string[], what: keyof FileActions): void => {
    for (const id of ids) createFileActions(uppy, queue, id)[what]();
  };
  const inside = (isMeant: (id: string) => boolean): string[] =>
    ids.filter((id) => id in uppy.getState().files && isMeant(id));
  const held = (ids: Iterable<string>): HeldFile[] =>
    [...ids].flatMap((id) => {
      const file = outside.get(id);
      return file?.at === 'held' ? file : [];
    });
  return {
    pause() {
      each(
        inside((id) => isToPause(uploads.get(id)?.status)),
        'pause',
      );
      // Others have their turn.
      queue.put(
        ids.flatMap((id) => {
          const file = outside.get(id);
          if (file?.at !== 'waiting') return [];
          return { ...file, at: 'held', snapshot: { ...waiting(file.info.size), status: 'paused' } };
        }),
      );
      if (holding.has(queue)) return;
      holding.add(queue);
      uppy.on('resume-all', () => queue.add(held(outside.ids())));
    },
    resume() {
      queue.add(held(ids));
      each(
        inside((id) => uppy.getFile(id).isPaused === true),
        'resume',
      );
    },
    retry: () =>
      each(
        inside((id) => {
          const snapshot = uploads.get(id);
          return snapshot?.status === 'failed' && snapshot.error?.retryable !== false;
        }),
        'retry',
      ),
    remove() {
      if (removals.current) removals.current.remove(ids);
      else each(ids, 'remove');
    },
  };
}
