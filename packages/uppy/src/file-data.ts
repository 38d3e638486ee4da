/** What is known of a file's data before it is read. */

/** Whether it is a Blob or a File; of another window too, and where a WebView has put a `File` of its own into the page. */
export function isBlob(data: unknown): data is Blob {
  // By what it can do: the files of happy-dom, in which apps are tested, call themselves objects.
  return 'arrayBuffer' in Object(data);
}

/** Whether a file of Uppy was compressed before: `Prepare` says so in its metadata, and so may an app. */
export const isGzip = (meta: object | undefined): boolean =>
  meta !== undefined && 'contentEncoding' in meta && meta.contentEncoding === 'gzip';

/** What the app and its people say of a file. The rest of its metadata Uppy and `Prepare` write, about the bytes as they are now. */
export function fieldsOf<Value>(meta: Readonly<Record<string, Value>>): Record<string, Value> {
  const { name: _, type: __, contentEncoding: ___, ...fields } = meta;
  return fields;
}

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
