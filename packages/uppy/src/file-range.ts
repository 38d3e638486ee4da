/**
 * A run of a file's bytes, which is sliced out only where it is read: Chromium's process for blobs is asked for each
 * slice, and the thread that asks waits for the answer: 2.1 ms each in a profile of 250 files on two busy cores.
 */
export interface FileRange {
  readonly file: Blob;
  /** In bytes; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Its bytes. Has no type, so that none is sent that was not signed. */
export function sliceOf({ file, start, end }: FileRange): Blob {
  return start === 0 && end === file.size && file.type === '' ? file : file.slice(start, end);
}
