import type { Uppy } from '@uppy/core';
import { createFileActions, type FileActions, nextStep } from './file-actions.ts';
import type { Removals } from './removals.ts';
import type { UploadQueue } from './upload-queue.ts';

/** What can be done with the files of a folder together. */
export function createFolderActions(
  uppy: Uppy,
  queue: UploadQueue,
  removals: { readonly current: Pick<Removals, 'remove'> | null },
  ids: readonly string[],
): FileActions {
  const { outside, uploads } = queue;
  const each = (ids: readonly string[], what: keyof FileActions): void => {
    for (const id of ids) createFileActions(uppy, queue, id)[what]();
  };
  const inside = (isMeant: (id: string) => boolean): string[] =>
    ids.filter((id) => id in uppy.getState().files && isMeant(id));
  return {
    pause() {
      if (!outside.held) watch();
      outside.held = new Set([...(outside.held ?? []), ...ids.filter((id) => outside.get(id))]);
      // Also what has no button yet, since its batch has not come to it.
      each(
        inside((id) => {
          const status = uploads.get(id)?.status;
          return status === 'queued' || (status !== undefined && nextStep(status) === 'pause');
        }),
        'pause',
      );
      // Others have their turn.
      queue.remove([]);
    },
    resume() {
      const own = new Set(ids);
      outside.held = new Set([...(outside.held ?? [])].filter((id) => !own.has(id)));
      each(
        inside((id) => uppy.getFile(id).isPaused === true),
        'resume',
      );
      queue.remove([]);
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

  function watch(): void {
    // What is gone may be picked again, and has the id that it had then.
    const stop = outside.subscribe(() => {
      const isThere = (id: string) => outside.get(id) || outside.hidden?.has(id);
      outside.held = new Set([...(outside.held ?? [])].filter(isThere));
    });
    // Going on with all goes on with what is held, too.
    uppy.once('resume-all', () => {
      stop();
      outside.held = undefined;
    });
  }
}
