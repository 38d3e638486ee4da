/** Which file on disk a File came from, where the browser tells (File System Access). */
const handles = new WeakMap<Blob, FileSystemFileHandle>();

/**
 * Says where a file came from, so that its upload can be continued with one click after the page is gone. For those who
 * get files from `showOpenFilePicker()` or `DataTransferItem.getAsFileSystemHandle()`.
 */
export function rememberFileHandle(file: Blob, handle: FileSystemFileHandle): void {
  handles.set(file, handle);
}

export function fileHandleOf(file: Blob): FileSystemFileHandle | undefined {
  return handles.get(file);
}
