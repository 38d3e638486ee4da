import type { DroppedItem } from './walk-drop.ts';

/** A file and, if it came in a folder, its path from there: `holiday/2026/lake.jpg`. */
export interface PickedFile {
  readonly file: File;
  readonly relativePath: string | undefined;
}

/** TypeScript's DOM library does not have it yet. @see https://wicg.github.io/file-system-access/ */
interface HandleGiving {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** What a drop held. */
export interface DroppedFiles {
  readonly files: readonly PickedFile[];
  /** Names of files and folders that the browser could not read: nothing is left out silently. */
  readonly unreadable: readonly string[];
}

/**
 * The files of a drop, those in folders included. Call it within the event: the browser empties `dataTransfer` after.
 *
 * Not Uppy's `getDroppedFiles`: there one unreadable file in a folder drops the rest of the folder without a word.
 */
export async function droppedFiles(dataTransfer: DataTransfer): Promise<DroppedFiles> {
  // Entries, files and handles have to be asked for before the first await.
  const items = [...dataTransfer.items].flatMap((item): DroppedItem[] => {
    if (item.kind !== 'file') return [];
    const handle = (item as HandleGiving).getAsFileSystemHandle?.().catch(() => null);
    return [{ entry: item.webkitGetAsEntry(), file: item.getAsFile(), ask: handle && (() => handle) }];
  });
  const code = await import('./walk-drop.ts').catch(() => undefined);
  if (code) return code.walkDrop(items);
  // Without that code files are files, and folders are told of.
  const isFolder = ({ entry }: DroppedItem) => entry?.isDirectory === true;
  return {
    files: pickedFiles(items.flatMap((item) => (item.file && !isFolder(item) ? [item.file] : []))),
    unreadable: items.filter(isFolder).map(({ entry }) => entry?.name ?? ''),
  };
}

/** The files of an `<input type="file">` or of a paste. */
export function pickedFiles(list: Iterable<File>): PickedFile[] {
  return [...list].flatMap((file) => (isClutter(file.webkitRelativePath || file.name) ? [] : [asPicked(file)]));
}

/** The file with the path that the browser gives it. */
export function asPicked(file: File): PickedFile {
  return { file, relativePath: file.webkitRelativePath || undefined };
}

/** What macOS and Windows put into people's folders, and what macOS puts into archives beside each file. */
export const isClutter = (path: string): boolean =>
  /(^|\/)(__MACOSX(\/|$)|(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$)/i.test(path);
