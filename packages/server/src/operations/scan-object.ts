import { StoreError, UploadsError } from '../errors.ts';
import { HookTimeoutError } from '../guard.ts';
import type { ScannedFile, StoredFile } from '../route.ts';
import type { StoredObject } from '../storage.ts';
import type { Call, Scans } from './call.ts';

/** Bytes of an object that are asked for at once. */
const PIECE = 1024 * 1024;

/** Longest time that somebody may look into one file, in milliseconds. */
const LONGEST_SCAN = 10 * 60_000;

/**
 * Has the app look into an object, if it wants to.
 * @returns what was found in it, in words; undefined where it may be let through.
 */
export async function scanObject(
  call: Call,
  file: StoredFile,
  { key, seen }: { key: string; seen: StoredObject },
): Promise<string | undefined> {
  const { service, route, context } = call;
  const { scan } = route.hooks;
  if (scan === undefined) return undefined;
  const { scans, guard } = service;
  const running = scans.get(file.id) ?? begin();
  const found = await running;
  // The page was told to ask again, and its next call does what is to be done.
  if (call.ends.aborted) throw new StoreError('unavailable', 'The scan has taken longer than the call.');
  return found;

  function begin(): Promise<string | undefined> {
    // Not that of the call: a scan goes on when the call is over.
    const { lasting: storage } = call;
    const scanned: ScannedFile = {
      ...file,
      async *read() {
        for (let start = 0; start < seen.size; start += PIECE)
          yield await storage.read({ key, seen, start, end: Math.min(start + PIECE, seen.size) });
      },
    };
    const attributes = { 'uploads.route': route.name };
    const begun = guard
      .trace({ name: 'uploads scan', attributes }, () => withEnd(async () => scan?.(scanned, context)))
      .then(checkFinding)
      .finally(() => forgetLater(scans, file.id));
    scans.set(file.id, begun);
    return begun;
  }
}

/** How long a finding waits for the page to ask again, in milliseconds. */
const KEPT = 60_000;

function forgetLater(scans: Scans, id: string): void {
  const timer: unknown = setTimeout(() => scans.delete(id), KEPT);
  // In Node, it would keep the process from ending.
  (timer as { unref?: () => void }).unref?.();
}

function checkFinding(found: unknown): string | undefined {
  if (found === undefined || found === null) return undefined;
  if (typeof found === 'string') return found === '' ? 'something' : found;
  throw new TypeError('`scan` must return what it found as a text, or nothing.');
}

async function withEnd<T>(run: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HookTimeoutError('scan', LONGEST_SCAN)), LONGEST_SCAN);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

export const scanRefused = () =>
  new UploadsError({
    code: 'scan-refused',
    message: 'Something harmful was found in this file, and it was not kept.',
    hint: 'Check the file with a virus scanner before you pick it again.',
  });
