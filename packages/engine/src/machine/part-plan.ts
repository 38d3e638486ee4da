/** How a file is cut into parts. */
import { MAX_PART_SIZE, MAX_PARTS, MIN_PART_SIZE } from '@portage/protocol';

const MiB = 1024 * 1024;

/** A file's cut: parts 1 to `count`, each of `partSize` bytes but for the last. */
export interface PartPlan {
  readonly size: number;
  readonly partSize: number;
  /** At least 1: an empty file has one empty part. */
  readonly count: number;
}

/** Cuts `size` bytes into parts of `partSize`. Throws a RangeError on sizes that no store can hold. */
export function planParts(size: number, partSize: number): PartPlan {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`A file cannot have ${size} bytes.`);
  if (!Number.isSafeInteger(partSize) || partSize < 1) throw new RangeError(`A part cannot have ${partSize} bytes.`);
  const count = Math.max(1, Math.ceil(size / partSize));
  if (count > MAX_PARTS) {
    throw new RangeError(`${size} bytes in parts of ${partSize} make ${count} parts; S3 allows ${MAX_PARTS}.`);
  }
  return { size, partSize, count };
}

/** Where part `partNumber` starts and ends in the file, in bytes; `end` is exclusive. */
export function partRange(plan: PartPlan, partNumber: number): { readonly start: number; readonly end: number } {
  const start = (partNumber - 1) * plan.partSize;
  return { start, end: Math.min(start + plan.partSize, plan.size) };
}

export function partLength(plan: PartPlan, partNumber: number): number {
  const { start, end } = partRange(plan, partNumber);
  return end - start;
}

/**
 * The part size to ask for, in bytes: `wish`, raised or lowered to what S3 takes for a file of `size` bytes
 * (5 MiB to 5 GiB, at most 10,000 parts) and rounded up to whole MiB. Throws a RangeError on a wish that is no number.
 */
export function fitPartSize(size: number, wish: number): number {
  if (Number.isNaN(wish)) throw new RangeError('A part cannot have NaN bytes.');
  const least = Math.max(wish, MIN_PART_SIZE, Math.ceil(size / MAX_PARTS));
  return Math.min(Math.ceil(least / MiB) * MiB, MAX_PART_SIZE);
}

/** What is known of requests to the store; nothing before a part is stored. */
export interface RequestSpeed {
  /** Bytes per second of one request, with its waits for responses. */
  readonly rate: number;
  /** How long the store takes from the last byte to its response, in milliseconds. */
  readonly answer: number;
}

/** What is supposed of a link before anything is known of it: 100 Mbit/s over six requests. */
const UNKNOWN: RequestSpeed = { rate: 2 * MiB, answer: 300 };
/** Largest part on such a link, and on any, in bytes. */
const LARGEST_UNKNOWN = 16 * MiB;
const LARGEST = 64 * MiB;
/** Longest time of a part, in milliseconds: half of that is lost where a connection breaks. */
const LONGEST = 20_000;

/**
 * The part size to ask for where the app does not say, in bytes. Each part costs a pause: the response, and a
 * connection that picks up speed anew, which takes about as long. At the end half a part's time is lost in which connections
 * stand idle. Twice the part size is half of the one and twice of the other; their sum is least where they are equal. A
 * small file is cut so that every connection has work, and all have equally much.
 */
export function choosePartSize(size: number, concurrency: number, speed: RequestSpeed | undefined): number {
  const { rate, answer } = speed ?? UNKNOWN;
  const pause = (2 * answer * rate) / 1000;
  const best = Math.sqrt((2 * size * pause) / concurrency);
  const wish = Math.min(best, (rate * LONGEST) / 1000, speed ? LARGEST : LARGEST_UNKNOWN);
  // As many as S3's smallest parts allow; one more round would be for a few of them only.
  const most = Math.max(1, Math.floor(size / (MIN_PART_SIZE * concurrency)));
  const rounds = Math.min(most, Math.ceil(size / (wish * concurrency)));
  return fitPartSize(size, Math.ceil(size / (rounds * concurrency)));
}
