/** Why a file cannot be read. */
import type { Failure } from '@portage/engine';
import { within } from '../timer-clock.ts';
import type { Body } from './file-range.ts';

/** Before each read of a file that may be gone. A busy browser fails one now and then for no reason. In milliseconds. */
const READS = [0, 500, 1_500];
/** A read that takes longer says nothing of the file. In milliseconds. */
const TIMEOUT = 3_000;

/**
 * Undefined where the file can be read. A file that was moved, deleted or edited fails like a lost network; reading of it
 * tells them apart. Its last byte is read, because it may have become shorter. Bytes in memory are in no trouble.
 */
export async function troubleOf(body: Body): Promise<Failure | undefined> {
  if (!('size' in body)) return undefined;
  const last = body.slice(-1);
  let trouble: Failure = { kind: 'unreadable' };
  for (const pause of READS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const read = await within(TIMEOUT, last.arrayBuffer());
      if (read === 'late' || read.byteLength === last.size) return undefined;
    } catch (cause) {
      trouble = readFailure(cause);
    }
  }
  return trouble.kind === 'changed' && (await isFull(body.size)) ? { ...trouble, kind: 'unreadable' } : trouble;
}

/** Most bytes that are tried out. */
const TRIED = 16 * 1024 * 1024;

/**
 * Whether the browser has no room for what pages make in memory: Chromium (156) answers each read of such a file with
 * NotReadableError then, as if it had changed (`findings/chromium-blobs-of-a-worker.sh`).
 */
async function isFull(size: number): Promise<boolean> {
  const made = new Blob([new Uint8Array(Math.min(size, TRIED))]);
  return made
    .slice(-1)
    .arrayBuffer()
    .then(
      () => false,
      () => true,
    );
}

/**
 * What an exception of a read means. A NotReadableError is what a browser says of a file that was changed since.
 * @see https://w3c.github.io/FileAPI/#file-error-read
 */
export function readFailure(cause: unknown): Failure {
  // A file that was picked in a popup throws what is of that window's class.
  const isChanged = (cause as Error | undefined)?.name === 'NotReadableError';
  return { kind: isChanged ? 'changed' : 'unreadable', cause };
}
