/**
 * Whether this browser refuses to read a file that has changed since the page got it, found out with a file of the page's
 * own. By the File API it answers NotReadableError then: Chromium (156) does. Firefox (153) does not: it reads whatever is
 * there now. Where there is no private file system nobody knows.
 * @see https://w3c.github.io/FileAPI/#file-section
 */
import { within } from '../timer-clock.ts';

/** A browser that takes longer to answer is not waited for, in milliseconds. */
const TIMEOUT = 2_000;
/** File systems tell times in steps, Linux of up to 10 ms: a change within one step looks like none. In milliseconds. */
const STEP = 20;

let known: Promise<boolean> | undefined;

export function noticesChanges(): Promise<boolean> {
  known ??= within(TIMEOUT, tryIt()).then(
    (notices) => notices === true,
    () => false,
  );
  return known;
}

async function tryIt(): Promise<boolean> {
  const folder = await navigator.storage.getDirectory();
  const name = `portage-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    await write(handle, 'before');
    const file = await handle.getFile();
    await file.text();
    await new Promise((resolve) => setTimeout(resolve, STEP));
    await write(handle, 'behind');
    return await file.text().then(
      () => false,
      (cause: unknown) => cause instanceof DOMException && cause.name === 'NotReadableError',
    );
  } finally {
    await folder.removeEntry(name);
  }
}

async function write(handle: FileSystemFileHandle, text: string): Promise<void> {
  const writable = await handle.createWritable();
  await writable.write(text);
  await writable.close();
}
