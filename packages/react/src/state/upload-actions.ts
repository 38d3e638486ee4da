import type { Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { addFiles } from './add-files.ts';
import type { PickedFile } from './picked-files.ts';
import type { Refusals } from './refusals.ts';
import type { Removals } from './removals.ts';
import { copyIn } from './take-picked.ts';
import type { UploadQueue } from './upload-queue.ts';

/** What can be done with all files. */
export interface UploadActions {
  /**
   * Adds files, and starts them unless `autoStart` is off. Those that are against the limits become `refusals`; the ids
   * of the others are returned. 10,000 at once are fine.
   */
  addFiles(files: Iterable<File> | readonly PickedFile[]): readonly string[];
  /**
   * Opens the browser's file picker, or its folder picker. Call it from a click. A click in another window than the
   * provider's, such as a popup, has to say `from` which element: browsers open pickers for the window that was clicked.
   */
  browse(options?: { readonly directory?: boolean; readonly from?: Element | null }): void;
  /** Starts what waits for it, when `autoStart` is off. */
  start(): void;
  /** Pauses all files, also those whose turn has not come. */
  pauseAll(): void;
  /** Goes on with all that is paused. */
  resumeAll(): void;
  /** Starts failed files again; what is under way is left alone. */
  retryAll(): void;
  /** Stops everything and empties the list. */
  cancelAll(): void;
  /** Takes the finished files out of the list; what is stored stays stored. */
  clear(): void;
  /** Forgets the refusals. */
  dismissRefusals(): void;
}

/** What the actions work on. */
interface Parts {
  readonly uppy: Uppy;
  readonly queue: UploadQueue;
  readonly refusals: Refusals;
  /** What was taken out of the list is settled before others come, and before what waits or has failed is started. */
  readonly removalsRef: { readonly current: Pick<Removals, 'settle'> | null };
  readonly inputRef: { readonly current: HTMLInputElement | null };
}

/** A click opens one picker, also where it reaches a button and the zones around it, or a custom element sends it twice. */
let isOpening = false;

export function createUploadActions({ uppy, queue, refusals, removalsRef, inputRef }: Parts): UploadActions {
  // What goes wrong with a file is in its snapshot; Uppy rejects with the same once more.
  const logFailure = (error: unknown): void => uppy.log(String(error), 'warning');

  const settle = (): void => removalsRef.current?.settle();

  const add: UploadActions['addFiles'] = (files) => {
    settle();
    refusals.clear();
    try {
      return addFiles({ uppy, queue, refusals }, files);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      refusals.add([{ reason: 'other', name: undefined, message }]);
      return [];
    }
  };

  return {
    addFiles: add,
    browse({ directory = false, from } = {}) {
      const own = inputRef.current;
      if (!own || isOpening) return;
      const page = from?.ownerDocument ?? own.ownerDocument;
      const input = page === own.ownerDocument ? own : copyIn(page, own, add, refusals);
      input.webkitdirectory = directory;
      isOpening = true;
      setTimeout(() => {
        isOpening = false;
      });
      input.click();
    },
    start() {
      settle();
      queue.start();
      uppy.upload().catch(logFailure);
    },
    pauseAll: () => uppy.pauseAll(),
    resumeAll: () => uppy.resumeAll(),
    retryAll() {
      settle();
      uppy.retryAll().catch(logFailure);
    },
    cancelAll: () => uppy.cancelAll(),
    clear() {
      queue.clearDone();
      uppy.removeFiles(Object.keys(uppy.getState().files).filter((id) => isFinished(queue.uploads, id)));
    },
    dismissRefusals: () => refusals.clear(),
  };
}

function isFinished(uploads: Uploads, id: string): boolean {
  const status = uploads.get(id)?.status;
  return status === 'complete' || status === 'canceled';
}
