import type { UploadStatus } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { UploadQueue } from './upload-queue.ts';

/** What can be done with one file. */
export interface FileActions {
  /** Stops sending; what is stored of the file is kept. */
  pause(): void;
  /** Goes on where it was paused. */
  resume(): void;
  /** Starts a failed upload again; what is already stored is not sent again. */
  retry(): void;
  /** Stops the upload, if it is under way, and takes the file out of the list. */
  remove(): void;
}

export function createFileActions(uppy: Uppy, queue: UploadQueue, id: string): FileActions {
  const setPaused = (paused: boolean): void => {
    const file = uppy.getState().files[id];
    // Uppy only knows how to toggle.
    if (file && !file.isPaused === paused) uppy.pauseResume(id);
  };
  return {
    pause: () => setPaused(true),
    resume() {
      setPaused(false);
      const file = queue.outside.get(id);
      if (file?.at === 'held') queue.add([file]);
    },
    retry() {
      if (!(id in uppy.getState().files)) return;
      // What goes wrong is in the file's snapshot; Uppy rejects with the same once more.
      uppy.retryUpload(id).catch((error: unknown) => uppy.log(error, 'warning'));
    },
    remove: () => (queue.outside.get(id) ? queue.remove([id]) : uppy.removeFile(id)),
  };
}

/** Whether it is on its way, or will be once its batch comes to it: until then there is no button to pause it. */
export const isToPause = (status: UploadStatus | undefined): boolean =>
  status === undefined || status === 'queued' || nextStep(status) === 'pause';

/** Which button a row offers besides remove. */
export function nextStep(status: UploadStatus): 'pause' | 'resume' | 'retry' | undefined {
  switch (status) {
    case 'preparing':
    case 'resuming':
    case 'uploading':
    case 'retrying':
    case 'offline':
      return 'pause';
    case 'paused':
      return 'resume';
    case 'failed':
      return 'retry';
    default:
      return undefined;
  }
}
