import { StoreError } from '../errors.ts';
import { removePending } from '../operations/remove-pending.ts';
import { isOf } from '../policy/object-headers.ts';
import type { Storage } from '../storage.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import type { Completions } from './completions.ts';

/** What an upload has left in a region that it was moved from. */
export interface Left {
  readonly region: string;
  /** Without an end. */
  readonly storage: Storage;
  readonly upload: Claims;
}

/** Pause between two attempts to remove what is left, in milliseconds. */
const EVERY = 30_000;
/** Most uploads that are remembered. The oldest beyond them are left to the bucket's lifecycle rule. */
const MOST = 1_000;
/** How long an upload is remembered, in milliseconds. A region that is away for longer than a day is cleaned by its rule. */
const KEPT = 86_400_000;

export interface LeftBehind {
  add(left: Left): void;
  /** Tries all of it once. */
  sweep(): Promise<void>;
  readonly size: number;
}

/**
 * Aborts what uploads have left in regions that were out of reach, as soon as those are back. Kept in memory: what is
 * forgotten with this process, the lifecycle rule of the bucket removes.
 */
export function createLeftBehind(completions: Completions, clock: () => number): LeftBehind {
  const waiting = new Map<string, Left & { at: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function later(): void {
    if (timer !== undefined || waiting.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      sweep().catch(() => undefined);
    }, EVERY);
    // In Node the timer would keep the process from ending.
    (timer as { unref?: () => void }).unref?.();
  }

  async function tryOne(name: string, left: Left & { at: number }): Promise<void> {
    const isGone = await remove(left, completions).catch(() => false);
    if (isGone || clock() - left.at > KEPT) waiting.delete(name);
  }

  async function sweep(): Promise<void> {
    await Promise.all([...waiting].map(([name, left]) => tryOne(name, left)));
    later();
  }

  return {
    add(left) {
      const name = `${left.region} ${left.upload.uploadId}`;
      const kept = { ...left, at: clock() };
      waiting.set(name, kept);
      const [oldest] = waiting.keys();
      if (waiting.size > MOST && oldest !== undefined) waiting.delete(oldest);
      tryOne(name, kept).then(later, later);
    },
    sweep,
    get size() {
      return waiting.size;
    },
  };
}

/** Returns whether nothing is left that this server has to remove. */
async function remove({ region, storage, upload }: Left, completions: Completions): Promise<boolean> {
  try {
    await storage.abortMultipartUpload(partsOf(upload));
    return true;
  } catch (error) {
    if (!(error instanceof StoreError && error.reason === 'no-such-upload')) return false;
  }
  // Its Complete has come through, and nobody heard of that.
  const told = await completions.look(upload.id);
  if (told?.region === region) return true;
  if (upload.pending) await removePending(storage, upload);
  const seen = await storage.headObject(upload.key);
  if (seen === undefined || !isOf(seen, upload)) return true;
  // It may be all there is of the file, until another region has it.
  if (told?.response === undefined) return false;
  await storage.deleteObject({ key: upload.key, seen });
  return true;
}
