/** A file and, if it came in a folder, its path from there: `holiday/2026/lake.jpg`. */
export interface PickedFile {
  readonly file: File;
  readonly relativePath: string | undefined;
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
  const files: PickedFile[] = [];
  const unreadable: string[] = [];

  const walk = async (entry: FileSystemEntry, relativePath: string | undefined, fallback: File | null) => {
    try {
      if (isFile(entry)) files.push({ file: await fileOf(entry), relativePath });
      else if (isDirectory(entry)) {
        for await (const child of childrenOf(entry)) {
          await walk(child, `${relativePath ?? entry.name}/${child.name}`, null);
        }
      }
    } catch {
      // Chromium cannot follow a symbolic link as an entry, but has it as a file.
      if (fallback && isFile(entry)) files.push({ file: fallback, relativePath });
      else unreadable.push(relativePath ?? entry.name);
    }
  };

  // Entries and files have to be taken out before the first await.
  const items = [...dataTransfer.items].flatMap((item) =>
    item.kind === 'file' ? [{ entry: item.webkitGetAsEntry(), file: item.getAsFile() }] : [],
  );
  for (const { entry, file } of items) {
    if (entry) await walk(entry, undefined, file);
    else if (file) files.push({ file, relativePath: undefined });
  }
  return { files, unreadable };
}

/** The files of an `<input type="file">` or of a paste. */
export function pickedFiles(list: Iterable<File>): PickedFile[] {
  return [...list].map((file) => ({ file, relativePath: file.webkitRelativePath || undefined }));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function* childrenOf(directory: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = directory.createReader();
  for (;;) {
    // Chromium hands out 100 at a time; an empty batch is the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    yield* batch;
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
