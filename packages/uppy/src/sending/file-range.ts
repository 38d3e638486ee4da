/** A part of a file, as it goes from the page to where it is read. */
import type { Failure } from '@portage/engine';
import { noticesChanges } from './notices-changes.ts';

/**
 * A run of a file's bytes, which is sliced out only where it is read: Chromium's process for blobs is asked for each
 * slice, and the thread that asks waits for the response: 2.1 ms each in a profile of 250 files on two busy cores.
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
  letGo(slice.size);
  return slice.size === end - start ? slice : undefined;
}

/** Slices of so many bytes are forgotten together. */
const HELD = 64 * 1024 * 1024;
let held = 0;

/**
 * Chromium (156) copies the bytes of a slice of what a page made in memory (a recording, a compressed photo), into 2 GiB
 * that all of a browser's blobs share, and frees a copy when its Blob is collected as rubbish. A Blob is small to the
 * collector, which in a worker never ran: after 670 MiB no file could be read (`findings/chromium-blobs-of-a-worker.sh`). A
 * buffer of that size tells it what there is to free; as nothing is written to it, it takes no memory.
 */
export function letGo(bytes: number): void {
  held += bytes;
  if (held < HELD) return;
  held -= new ArrayBuffer(HELD).byteLength;
}

/**
 * A file of so many bytes that goes in one request is held in memory while it is sent, and so stays what it was: what is
 * stored by one request cannot be taken back. Below the first size the browser reads it in one go. In bytes.
 *
 * Held as bytes, and not as a Blob of them: behind a service worker that answers, Chromium (156) frees no Blob that was sent until
 * that worker ends (`findings/chromium-blobs-behind-a-service-worker.sh`). After 2 GiB of photos no file could be read.
 */
const HELD_FROM = 1024 * 1024;
const HELD_TO = 16 * 1024 * 1024;

/** What is sent: a part of a file, or the bytes of one. */
export type Body = Blob | ArrayBuffer;

/** What to send of a file, or why that cannot be. */
export async function bodyOf(range: FileRange): Promise<Body | { readonly ok: false; readonly failure: Failure }> {
  const slice = sliceOf(range);
  if (!slice) return CUT_SHORT;
  const { size } = slice;
  if (size !== range.file.size || size > HELD_TO) return slice;
  const isWatched = await noticesChanges();
  if (isWatched && size <= HELD_FROM) return slice;
  try {
    // Firefox reads a File, unlike a slice of it, to where it ends now.
    const held = await (isWatched ? slice : await upTo(size + 1, range.file.stream())).arrayBuffer();
    if (held.byteLength < size) return CUT_SHORT;
    return held.byteLength === size ? held : { ok: false, failure: { kind: 'changed' } };
  } catch {
    // What a failed read means is found out when it is sent.
    return slice;
  }
}

/** The beginning of a stream, at least so many bytes of it. */
async function upTo(bytes: number, stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const reader = stream.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; length < bytes; ) {
    const { value } = await reader.read();
    if (!value) break;
    pieces.push(value);
    length += value.byteLength;
  }
  reader.cancel().catch(() => {});
  return new Blob(pieces);
}

/** What comes of a range that {@link sliceOf} cannot give. */
export const CUT_SHORT = { ok: false, failure: { kind: 'unreadable' } } as const;
