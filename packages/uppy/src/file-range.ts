/** A part of a file, as it goes from the page to where it is read. */
import type { Failure } from '@portage/engine';
import { noticesChanges } from './notices-changes.ts';

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

/**
 * Its bytes; undefined where the file has become shorter. Has no type, so that none is sent that was not signed. Always a
 * slice, even of the whole file: Chromium (156) sends a whole File that has changed without a word, and refuses a slice
 * of it (`findings/chromium-xhr-of-a-whole-file.sh`).
 */
export function sliceOf({ file, start, end }: FileRange): Blob | undefined {
  const slice = file.slice(start, end);
  return slice.size === end - start ? slice : undefined;
}

/**
 * A file of so many bytes that goes in one request is held in memory while it is sent, and so stays what it was: what is
 * stored by one request cannot be taken back. Below the first size the browser reads it in one go. In bytes.
 */
const HELD_FROM = 1024 * 1024;
const HELD_TO = 16 * 1024 * 1024;

/** What to send of a file, or why that cannot be. */
export async function bodyOf(range: FileRange): Promise<Blob | { readonly ok: false; readonly failure: Failure }> {
  const slice = sliceOf(range);
  if (!slice) return CUT_SHORT;
  const { size } = slice;
  const isHeld = size === range.file.size && size <= HELD_TO && (size > HELD_FROM || !(await noticesChanges()));
  if (!isHeld) return slice;
  // What a failed read means is found out when it is sent.
  const bytes = await slice.arrayBuffer().catch(() => undefined);
  if (!bytes) return slice;
  return bytes.byteLength === size ? new Blob([bytes]) : CUT_SHORT;
}

/** What comes of a range that {@link sliceOf} cannot give. */
export const CUT_SHORT = { ok: false, failure: { kind: 'unreadable' } } as const;
