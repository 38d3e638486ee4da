import { rememberFileHandle } from '@portage/uppy';

/** A file and, if it came in a folder, its path from there: `holiday/2026/lake.jpg`. */
export interface PickedFile {
  readonly file: File;
  readonly relativePath: string | undefined;
}

/** TypeScript's DOM library does not have it yet. @see https://wicg.github.io/file-system-access/ */
interface HandleGiving {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** Asks where something lies on the disk; undefined where the browser does not tell. Chromium does. */
type AskHandle = (() => Promise<FileSystemHandle | null>) | undefined;

/**
 * Below that a file is sent anew in no time, and asking for 10,000 handles would hold up the drop. In bytes.
 */
const WORTH_RESUMING = 5 * 1024 * 1024;

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
  const unreadable: string[] = [];

  const walk = async (entry: FileSystemEntry, path: string | undefined, fallback: File | null, ask: AskHandle) => {
    if (isClutter(path ?? entry.name)) return [];
    try {
      if (isFile(entry)) return [await remembered(await fileOf(entry), path, ask)];
      if (!isDirectory(entry)) return [];
      const found: PickedFile[] = [];
      for await (const batch of batchesOf(entry)) {
        const walks = batch.map((child) => walk(child, `${path ?? entry.name}/${child.name}`, null, askIn(ask, child)));
        for (const files of await Promise.all(walks)) found.push(...files);
      }
      return found;
    } catch {
      // Chromium cannot follow a symbolic link as an entry, but has it as a file.
      if (fallback && isFile(entry)) return [{ file: fallback, relativePath: path }];
      unreadable.push(path ?? entry.name);
      return [];
    }
  };

  // Entries, files and handles have to be asked for before the first await.
  const items = [...dataTransfer.items].flatMap((item) => {
    if (item.kind !== 'file') return [];
    const handle = (item as HandleGiving).getAsFileSystemHandle?.().catch(() => null);
    return [{ entry: item.webkitGetAsEntry(), file: item.getAsFile(), ask: handle && (() => handle) }];
  });
  const files = await Promise.all(
    items.map(async ({ entry, file, ask }) => {
      if (entry) return walk(entry, undefined, file, ask);
      return file && !isClutter(file.name) ? [await remembered(file, undefined, ask)] : [];
    }),
  );
  return { files: files.flat(), unreadable };
}

/** Keeps where the file lies, so that its upload can go on with one click after the page is gone. */
async function remembered(file: File, relativePath: string | undefined, ask: AskHandle): Promise<PickedFile> {
  if (ask && file.size >= WORTH_RESUMING) {
    const handle = await ask().catch(() => null);
    if (handle && isFileHandle(handle)) rememberFileHandle(file, handle);
  }
  return { file, relativePath };
}

function askIn(askParent: AskHandle, { name, isDirectory }: FileSystemEntry): AskHandle {
  if (!askParent) return undefined;
  return async () => {
    const parent = await askParent();
    if (!parent || !isDirectoryHandle(parent)) return null;
    return isDirectory ? parent.getDirectoryHandle(name) : parent.getFileHandle(name);
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
const isClutter = (path: string): boolean =>
  /(^|\/)(__MACOSX(\/|$)|(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$)/i.test(path);

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Chromium hands out 100 children at a time; an empty batch is the end. */
async function* batchesOf(directory: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry[]> {
  const reader = directory.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    yield batch;
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFileHandle = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
const isDirectoryHandle = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';
