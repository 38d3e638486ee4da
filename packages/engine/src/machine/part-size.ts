/** Which part sizes S3 takes. */
import { MAX_PART_SIZE, MAX_PARTS, MIN_PART_SIZE } from '@portage/protocol';

const MiB = 1024 * 1024;

/**
 * The part size to ask for, in bytes: `wish`, raised or lowered to what S3 takes for a file of `size` bytes
 * (5 MiB to 5 GiB, at most 10,000 parts) and rounded up to whole MiB. Throws a RangeError on a wish that is no number.
 */
export function fitPartSize(size: number, wish: number): number {
  if (Number.isNaN(wish)) throw new RangeError('A part cannot have NaN bytes.');
  const least = Math.max(wish, MIN_PART_SIZE, Math.ceil(size / MAX_PARTS));
  return Math.min(Math.ceil(least / MiB) * MiB, MAX_PART_SIZE);
}
