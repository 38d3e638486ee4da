import type { Uppy } from '@uppy/core';
import type { Format } from '../text/format.ts';
import { refusalText } from '../text/refusal-text.ts';
import type { Words } from '../text/strings.ts';
import type { Refusals } from './refusals.ts';
import type { UploadQueue } from './upload-queue.ts';
import { type UploadedFile, uploadedFile } from './uploaded-file.ts';

/** All files of an upload were canceled or removed before they were stored. For programs: the person knows. */
export class UploadCanceledError extends Error {
  override readonly name = 'UploadCanceledError';
  readonly code = 'canceled';

  constructor() {
    super('Every file was removed before it was stored.');
  }
}

interface Parts {
  readonly uppy: Uppy;
  readonly queue: UploadQueue;
  readonly refusals: Refusals;
  readonly strings: Words;
  readonly format: Format;
}

/**
 * Adds files and waits until each is stored, failed or removed. Rejects with the first failure once all are over, and with
 * an {@link UploadCanceledError} where all were removed; a file that was removed beside others is left out of the result.
 */
export function settledUploads(
  { uppy, queue, refusals, strings, format }: Parts,
  add: () => readonly string[],
): Promise<readonly UploadedFile[]> {
  return new Promise((resolve, reject) => {
    const stored = new Map<string, UploadedFile>();
    let failure: Error | undefined;
    // Refusals are gathered only while someone listens.
    const ignore = refusals.subscribe(() => {});
    const ids = add();
    const [refusal] = refusals.get();
    ignore();
    const open = new Set(ids);
    if (refusal) failure = new Error(refusalText(refusal, strings, format));

    const close = (id: string | undefined): void => {
      if (id !== undefined) open.delete(id);
      if (open.size > 0) return;
      uppy.off('upload-success', onSuccess);
      uppy.off('upload-error', onError);
      uppy.off('file-removed', onRemoved);
      stopWatching();
      if (failure) reject(failure);
      else if (ids.length > 0 && stored.size === 0) reject(new UploadCanceledError());
      else resolve(ids.flatMap((fileId) => stored.get(fileId) ?? []));
    };
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, response) => {
      if (!file || !open.has(file.id)) return;
      stored.set(file.id, uploadedFile(file, response));
      close(file.id);
    };
    const onError: Parameters<typeof uppy.on<'upload-error'>>[1] = (file, error) => {
      if (!file || !open.has(file.id)) return;
      failure ??= error instanceof Error ? error : new Error(error.message);
      close(file.id);
    };
    const onRemoved: Parameters<typeof uppy.on<'file-removed'>>[1] = (file) => {
      if (open.has(file.id) && isGone(file.id)) close(file.id);
    };
    /** Neither in Uppy nor beside it, where a long list waits: it goes from one to the other. */
    const isGone = (id: string): boolean => !(id in uppy.getState().files) && !queue.outside.get(id);
    const stopWatching = queue.outside.subscribe(() => {
      for (const id of [...open]) if (isGone(id)) close(id);
    });
    uppy.on('upload-success', onSuccess);
    uppy.on('upload-error', onError);
    uppy.on('file-removed', onRemoved);
    close(undefined);
  });
}
