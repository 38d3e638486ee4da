/** How a file is cut into parts. Page and server cut alike: what a token says of an upload is all that it takes. */
import { MAX_PART_SIZE, MAX_PARTS, MIN_PART_SIZE } from './s3-limits.ts';

const MiB = 1024 * 1024;

/** A file's cut into parts 1 to `count`. */
export interface PartPlan {
  readonly size: number;
  /** In bytes: of every part but the last, or of the largest where they are unequal. */
  readonly partSize: number;
  /** At least 1: an empty file has one empty part. */
  readonly count: number;
  /** So many of the first parts grow, and so many of the last ones shrink. */
  readonly lanes: number;
}

/** How unequal parts are cut. */
export interface UnequalParts {
  /** Most bytes of a part. */
  readonly partSize: number;
  /** For so many requests at once. */
  readonly lanes: number;
}

/**
 * The part size to ask for, in bytes: `wish`, raised or lowered to what S3 takes for a file of `size` bytes (5 MiB to 5 GiB, at
 * most 10,000 parts), or the store with other limits, and rounded up to whole MiB. Throws a RangeError on a wish that is no
 * number. Parts below a MiB come in multiples of the smallest one.
 */
export function fitPartSize(size: number, wish: number, minPartSize = MIN_PART_SIZE, maxParts = MAX_PARTS): number {
  if (Number.isNaN(wish)) throw new RangeError('A part cannot have NaN bytes.');
  const unit = Math.min(MiB, minPartSize);
  const least = Math.max(wish, minPartSize, Math.ceil(size / maxParts));
  return Math.min(Math.ceil(least / unit) * unit, MAX_PART_SIZE);
}

/**
 * Cuts `size` bytes into parts of `partSize`. Throws a RangeError on sizes that no store can hold.
 *
 * With `lanes`, parts are unequal, for so many requests at once, and `partSize` is the most that one has. The first ones grow from
 * S3's smallest part, so that requests end one after another: equal ones end together, and the link is idle while all wait
 * for their responses. The last ones shrink by the same steps, so that each request comes to as many bytes in all. A file that is
 * too short for it has equal parts.
 */
export function planParts(size: number, partSize: number, lanes = 0): PartPlan {
  if (![size, partSize].every(Number.isSafeInteger) || size < 0 || partSize < 1)
    throw new RangeError(`${size} bytes in parts of ${partSize}`);
  const unequal = lanes > 1 && planUnequal(size, partSize, lanes);
  if (unequal) return unequal;
  const count = Math.max(1, Math.ceil(size / partSize));
  if (count > MAX_PARTS) throw new RangeError(`${size} bytes in ${count} parts; S3 allows ${MAX_PARTS}.`);
  return { size, partSize, count, lanes: 0 };
}

function planUnequal(size: number, most: number, lanes: number): PartPlan | undefined {
  // Of each request's bytes, its first and its last part have as many as the smallest and the largest; between them are largest ones.
  const share = size / lanes - MIN_PART_SIZE;
  if (share <= MIN_PART_SIZE) return undefined;
  const rounds = Math.ceil(share / most);
  // Even: half the parts of a lane are whole bytes, then.
  const partSize = 2 * Math.ceil(share / rounds / 2);
  const count = lanes * (rounds + 1);
  return partSize < MIN_PART_SIZE || count > MAX_PARTS ? undefined : { size, partSize, count, lanes };
}

/** Where part `partNumber` starts and ends in the file, in bytes; `end` is exclusive. */
export function partRange(plan: PartPlan, partNumber: number): { readonly start: number; readonly end: number } {
  return { start: edge(plan, partNumber - 1), end: edge(plan, partNumber) };
}

/** Where the first `parts` of them end. */
function edge({ size, partSize, count, lanes }: PartPlan, parts: number): number {
  const growing = (some: number) =>
    some * MIN_PART_SIZE + Math.floor(((partSize - MIN_PART_SIZE) * some * (some - 1)) / 2 / (lanes - 1));
  if (parts < lanes) return growing(parts);
  const begin = ((MIN_PART_SIZE + partSize) * lanes) / 2;
  const left = count - parts;
  const end =
    left < lanes ? begin * 2 + (count - 2 * lanes) * partSize - growing(left) : begin + (parts - lanes) * partSize;
  return Math.min(size, end);
}

export function partLength(plan: PartPlan, partNumber: number): number {
  const { start, end } = partRange(plan, partNumber);
  return end - start;
}
