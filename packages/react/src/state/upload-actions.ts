import type { Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { getSafeFileId } from '@uppy/core/utils';
import { type PickedFile, pickedFiles } from './dropped-files.ts';
import type { Refusals } from './refusals.ts';

/** What can be done with all files. */
export interface UploadActions {
  /** Adds files, and starts them unless `autoStart` is off. Those that are against the limits become `refusals`. */
  addFiles(files: Iterable<File> | readonly PickedFile[]): void;
  /** Opens the browser's file picker, or its folder picker. Call it from a click. */
  browse(options?: { readonly directory?: boolean }): void;
  /** Starts what waits for it, when `autoStart` is off. */
  start(): void;
  pauseAll(): void;
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

export function createUploadActions(
  uppy: Uppy,
  uploads: Uploads,
  refusals: Refusals,
  inputRef: { readonly current: HTMLInputElement | null },
): UploadActions {
  // What goes wrong with a file is in its snapshot; Uppy rejects with the same once more.
  const logFailure = (error: unknown): void => uppy.log(error, 'warning');

  return {
    addFiles(files) {
      refusals.clear();
      const picked = [...files].map((item) => (item instanceof File ? pickedFiles([item])[0] : item));
      try {
        const files = picked.filter((item) => item !== undefined).map(toUppyFile);
        uppy.removeFiles(files.map((file) => getSafeFileId(file, uppy.getID())).filter((id) => isLost(uploads, id)));
        uppy.addFiles(files);
      } catch (error) {
        refusals.add({
          reason: 'other',
          name: undefined,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    },
    browse({ directory = false } = {}) {
      const input = inputRef.current;
      if (!input) return;
      input.webkitdirectory = directory;
      input.click();
    },
    start: () => void uppy.upload().catch(logFailure),
    pauseAll: () => uppy.pauseAll(),
    resumeAll: () => uppy.resumeAll(),
    retryAll: () => void uppy.retryAll().catch(logFailure),
    cancelAll: () => uppy.cancelAll(),
    clear: () => uppy.removeFiles(Object.keys(uppy.getState().files).filter((id) => isFinished(uploads, id))),
    dismissRefusals: () => refusals.clear(),
  };
}

function isFinished(uploads: Uploads, id: string): boolean {
  const status = uploads.get(id)?.status;
  return status === 'complete' || status === 'canceled';
}

/** Picking a file again that failed means to try it again, not that it is there twice. */
function isLost(uploads: Uploads, id: string): boolean {
  const status = uploads.get(id)?.status;
  return status === 'failed' || status === 'canceled';
}

function toUppyFile({ file, relativePath }: PickedFile) {
  return {
    name: file.name,
    type: file.type,
    data: file,
    source: 'Portage',
    isRemote: false as const,
    meta: relativePath === undefined ? {} : { relativePath },
  };
}
