import { arriving } from '@portage/uppy';
import { pickedFiles } from './picked-files.ts';
import type { DroppedFiles, DroppedItem } from './walk-drop.ts';

/** TypeScript's DOM library does not have it yet. @see https://wicg.github.io/file-system-access/ */
interface HandleGiving {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/**
 * The files of a drop, those in folders included. Call it within the event: the browser empties `dataTransfer` after.
 *
 * Not Uppy's `getDroppedFiles`: there one unreadable file in a folder drops the rest of the folder without a word.
 */
export async function droppedFiles(dataTransfer: DataTransfer): Promise<DroppedFiles> {
  // Entries, files and handles have to be asked for before the first await.
  // In tests of apps there may be nothing but files.
  const { items: given, files } = dataTransfer;
  const items = given?.length
    ? [...given].flatMap((item): DroppedItem[] => {
        if (item.kind !== 'file') return [];
        const handle = (item as HandleGiving).getAsFileSystemHandle?.().catch(() => null);
        return [{ entry: item.webkitGetAsEntry?.(), file: item.getAsFile(), ask: handle && (() => handle) }];
      })
    : [...files].map((file): DroppedItem => ({ file }));
  const code = await arriving(import('./walk-drop.ts')).catch(() => undefined);
  if (code) return code.walkDrop(items);
  // Without that code files are files, and folders are told of.
  const found: File[] = [];
  const unreadable: string[] = [];
  for (const { entry, file } of items) {
    if (entry?.isDirectory) unreadable.push(entry.name);
    else if (file) found.push(file);
  }
  return { files: pickedFiles(found), unreadable };
}
