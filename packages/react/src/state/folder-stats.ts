import { totalsOf, type UploadStatus } from '@portage/uppy';
import type { UploadQueue } from './upload-queue.ts';
import { statsOf, type UploadStats } from './upload-stats.ts';

/** How the files of a folder stand together. */
export interface FolderStats extends UploadStats {
  /** Size of all of them together. */
  readonly bytes: number;
}

/** Adds up the files with these ids. */
export function folderStats(
  { uploads, info }: Pick<UploadQueue, 'uploads' | 'info'>,
  ids: readonly string[],
): FolderStats {
  let bytes = 0;
  const snapshots = ids.flatMap((id) => {
    const snapshot = uploads.get(id);
    bytes += snapshot?.progress.total ?? info(id)?.size ?? 0;
    return snapshot ?? [];
  });
  return { ...statsOf(totalsOf(snapshots), ids.length), bytes };
}

/** The state that a folder's row has, in the words of a file's. */
export function folderStatus({ counts, active, waiting, total }: UploadStats): UploadStatus {
  if (active > 0) return counts.uploading === 0 && counts.offline > 0 ? 'offline' : 'uploading';
  if (counts.paused > 0) return 'paused';
  if (waiting > 0) return 'queued';
  if (counts.failed > 0) return 'failed';
  return counts.complete === total ? 'complete' : 'canceled';
}
