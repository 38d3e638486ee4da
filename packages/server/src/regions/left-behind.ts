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
  /**
   * Notes that an upload was moved, and aborts what it left. Whoever moves it again from the same place, as a page does that heard
   * no response, has it in one place all the same: what was begun before is left behind too.
   */
  moved(from: Left, to: Left): void;
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
  /** Where uploads are that were moved, by their id. */
  const homes = new Map<string, Left>();
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
    const isBack = () => {
      const home = homes.get(left.upload.id);
      return home?.region === left.region && home.upload.uploadId !== left.upload.uploadId;
    };
    const isGone = await remove(left, completions, isBack).catch(() => false);
    if (isGone || clock() - left.at > KEPT) waiting.delete(name);
  }

  async function sweep(): Promise<void> {
    await Promise.all([...waiting].map(([name, left]) => tryOne(name, left)));
    later();
  }

  function add(left: Left): void {
    const name = `${left.region} ${left.upload.uploadId}`;
    const kept = { ...left, at: clock() };
    keep(waiting, name, kept);
    tryOne(name, kept).then(later, later);
  }

  return {
    add,
    moved(from, to) {
      const { id } = from.upload;
      const before = homes.get(id);
      keep(homes, id, to);
      if (before !== undefined && before.upload.uploadId !== from.upload.uploadId) add(before);
      add(from);
    },
    sweep,
    get size() {
      return waiting.size;
    },
  };
}

/** As the latest; the oldest beyond the bound is forgotten. */
function keep<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}

/**
 * Returns whether nothing is left that this server has to remove.
 * @param isBack Whether the upload is in this region again: then what is at its key is of now.
 */
async function remove(left: Left, completions: Completions, isBack: () => boolean): Promise<boolean> {
  const { region, storage, upload } = left;
  try {
    await storage.abortMultipartUpload(partsOf(upload));
    return true;
  } catch (error) {
    if (!(error instanceof StoreError && error.reason === 'no-such-upload')) return false;
  }
  // Its Complete has come through, and nobody heard of that.
  const told = await completions.look(upload.id);
  if (told?.region === region || isBack()) return true;
  if (upload.pending) await removePending(storage, upload);
  const seen = await storage.headObject(upload.key);
  if (seen === undefined || !isOf(seen, upload)) return true;
  // It may be all there is of the file, until another region has it.
  if (told?.response === undefined) return false;
  await storage.deleteObject({ key: upload.key, seen });
  return true;
}
