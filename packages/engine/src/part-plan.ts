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
 * (5 MiB to 5 GiB, at most 10,000 parts) and rounded up to whole MiB.
 */
export function fitPartSize(size: number, wish: number): number {
  const least = Math.max(wish, MIN_PART_SIZE, Math.ceil(size / MAX_PARTS));
  return Math.min(Math.ceil(least / MiB) * MiB, MAX_PART_SIZE);
}
