/** Tells an app what happens to its uploads. Loaded for an app that listens. */
import type { UploadError, UploadTotals } from '@portage/uppy';
import type { UploadContextValue } from './context.ts';
import type { FileInfo } from './file-info.ts';
import { UNDER_WAY } from './under-way.ts';
import { type UploadedFile, uploadedFile } from './uploaded-file.ts';

/** A file whose upload failed. */
export interface FailedFile extends Pick<FileInfo, 'id' | 'name' | 'size'> {
  /** Why, with a `code`, and English words in `message` and `hint`; `errorText` has those of the page's language. */
  readonly error: UploadError;
}

/** What became of the files that were sent together. */
export interface SettledFiles<Result = unknown> {
  readonly uploaded: readonly UploadedFile<Result>[];
  readonly failed: readonly FailedFile[];
}

/** What an app may hear of its uploads. */
export interface UploadListenersProps {
  /**
   * Called for each file whose upload failed, after all that is tried again by itself. A retry may fail once more.
   * @default nobody
   */
  readonly onError?: ((file: FailedFile) => void) | undefined;
  /** Called with all files of the list taken together while something moves, ten times a second at most. @default nobody */
  readonly onProgress?: ((totals: UploadTotals) => void) | undefined;
  /** Called for each file that leaves the list, stored or not. @default nobody */
  readonly onRemoved?: ((file: FileInfo) => void) | undefined;
  /**
   * Called when nothing is under way, waiting or paused any more, with the files that were stored or failed since the last time.
   * @default nobody
   */
  readonly onSettled?: ((files: SettledFiles) => void) | undefined;
}

/** Failures that apps were told of. */
const told = new WeakSet<UploadError>();

type Parts = Pick<UploadContextValue, 'uppy' | 'queue' | 'fileIds' | 'uploads'> & UploadListenersProps;

/** @returns what ends it. */
export function listenToUploads(latest: { readonly current: Parts }): () => void {
  const { uppy, queue, fileIds, uploads } = latest.current;
  const uploaded = new Map<string, UploadedFile>();
  const failed = new Map<string, FailedFile>();
  const isOver = (id: string) => ['complete', 'failed'].includes(uploads.get(id)?.status ?? '');
  /** What was over before, and told of. */
  const settled = new Set(fileIds.get().filter(isOver));

  const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, response) => {
    if (!file) return;
    failed.delete(file.id);
    uploaded.set(file.id, uploadedFile(file, response));
    settle();
  };

  function fail(id: string): void {
    const error = uploads.get(id)?.error;
    const info = queue.info(id);
    if (!error || !info || told.has(error)) return;
    told.add(error);
    const file: FailedFile = { id, name: info.name, size: info.size, error };
    failed.set(id, file);
    latest.current.onError?.(file);
  }
  const onError = (file: { readonly id: string } | undefined): void => {
    if (file) fail(file.id);
    settle();
  };

  let totals = uploads.totals();
  function onTotals(): void {
    const now = uploads.totals();
    if (now === totals) return;
    totals = now;
    latest.current.onProgress?.(now);
    settle();
  }

  function settle(): void {
    if (uploaded.size + failed.size === 0 || queue.outside.sums.waiting > 0) return;
    const { counts } = uploads.totals();
    if ([...UNDER_WAY, 'paused' as const].some((status) => counts[status] > 0)) return;
    // A file is over a moment before it is told of.
    const isOpen = (id: string) => isOver(id) && !settled.has(id) && !uploaded.has(id) && !failed.has(id);
    if (fileIds.get().some(isOpen)) return;
    // Of files that are asked about or prepared there is no upload yet.
    const started = Object.values(uppy.getState().currentUploads).flatMap(({ fileIDs }) => fileIDs);
    if (started.some((id) => id in uppy.getState().files && !uploads.get(id))) return;
    const files = { uploaded: [...uploaded.values()], failed: [...failed.values()] };
    for (const id of [...uploaded.keys(), ...failed.keys()]) settled.add(id);
    uploaded.clear();
    failed.clear();
    latest.current.onSettled?.(files);
  }

  let infos = new Map<string, FileInfo>();
  function onIds(): void {
    const before = infos;
    infos = new Map(fileIds.get().flatMap((id) => [[id, queue.info(id) ?? before.get(id)] as [string, FileInfo]]));
    for (const [id, info] of before) {
      if (infos.has(id)) continue;
      uploaded.delete(id);
      failed.delete(id);
      settled.delete(id);
      latest.current.onRemoved?.(info);
    }
    settle();
  }

  const ends = [uploads.subscribeTotals(onTotals), fileIds.subscribe(onIds)];
  uppy.on('upload-success', onSuccess);
  uppy.on('upload-error', onError);
  onIds();
  // What failed before this code was there.
  for (const id of fileIds.get()) fail(id);
  return () => {
    for (const end of ends) end();
    uppy.off('upload-success', onSuccess);
    uppy.off('upload-error', onError);
  };
}
