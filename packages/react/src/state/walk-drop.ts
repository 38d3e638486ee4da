/** Walks through what was dropped, a slice at a time: a folder of 5,000 files must not keep the page from answering. */
import { rememberFileHandle } from '@portage/uppy';
import { pauses } from './pauses.ts';
import { isClutter, type PickedFile } from './picked-files.ts';

/** Asks where something lies on the disk; undefined where the browser does not tell. Chromium does. */
type AskHandle = (() => Promise<FileSystemHandle | null>) | undefined;

/** What a drop held. */
export interface DroppedFiles {
  readonly files: readonly PickedFile[];
  /** Names of files and folders that the browser could not read: nothing is left out silently. */
  readonly unreadable: readonly string[];
}

/** One thing of a drop, as it was asked for within the event. */
export interface DroppedItem {
  readonly entry?: FileSystemEntry | null | undefined;
  readonly file: File | null;
  readonly ask?: AskHandle;
}

/** Below that a file is sent anew in no time, and asking for 10,000 handles would hold up the drop. In bytes. */
const WORTH_RESUMING = 5 * 1024 * 1024;

/** Files of a folder that are asked for at a time: Chromium answers for all of them in one task. */
const AT_A_TIME = 25;

export async function walkDrop(items: readonly DroppedItem[]): Promise<DroppedFiles> {
  const files: PickedFile[] = [];
  const unreadable: string[] = [];
  const pause = pauses();

  async function walk({ entry, file, ask }: DroppedItem, path: string | undefined): Promise<void> {
    const name = path ?? entry?.name ?? file?.name ?? '';
    if (isClutter(name)) return;
    try {
      if (entry && isDirectory(entry)) await walkFolder(entry, name, ask);
      else if (entry && isFile(entry)) files.push(await remembered(await fileOf(entry), path, ask));
      else if (file) files.push(await remembered(file, path, ask));
    } catch {
      // Chromium cannot follow a symbolic link as an entry, but has it as a file.
      if (file && entry && isFile(entry)) files.push({ file, relativePath: path });
      else unreadable.push(name);
    }
  }

  async function walkFolder(folder: FileSystemDirectoryEntry, path: string, ask: AskHandle): Promise<void> {
    const reader = folder.createReader();
    for (;;) {
      // Chromium hands out 100 children first, and then all that it has; an empty batch is the end.
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) return;
      for (let from = 0; from < batch.length; from += AT_A_TIME) {
        await pause();
        const some = batch.slice(from, from + AT_A_TIME);
        await Promise.all(
          some.map((entry) => walk({ entry, file: null, ask: askIn(ask, entry) }, `${path}/${entry.name}`)),
        );
      }
    }
  }

  for (const item of items) {
    await pause();
    await walk(item, undefined);
  }
  return { files, unreadable };
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

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFileHandle = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
const isDirectoryHandle = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';
