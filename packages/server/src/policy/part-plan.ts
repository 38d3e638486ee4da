import {
  type FileIntent,
  fitPartSize,
  partLength as lengthOfPart,
  MAX_PART_SIZE,
  MAX_PARTS,
  MIN_PART_SIZE,
  planParts,
} from '@portage/protocol';
import type { Storage } from '../storage.ts';

const MiB = 1024 * 1024;

/** Where a file must go in parts but nobody said in which, in bytes. */
const DEFAULT_PART_SIZE = 16 * MiB;

/** Most bytes that one upload can have: 10,000 of the largest parts. Stores may set a lower limit of their own. */
export const MAX_SIZE = MAX_PARTS * MAX_PART_SIZE;

/** What a store takes: the smallest part but for the last one in bytes, and the most parts. */
export interface PartLimits {
  readonly minPartSize?: number | undefined;
  readonly maxParts?: number | undefined;
}

/**
 * Size of the parts of a file in bytes: the wish, fitted to what the store takes. Without one the file is one part, if S3 takes
 * so large a part.
 */
export function planPartSize(
  size: number,
  wish: number | undefined,
  { minPartSize, maxParts }: PartLimits = {},
): number {
  const usual = size <= MAX_PART_SIZE ? size : DEFAULT_PART_SIZE;
  return fitPartSize(size, wish ?? usual, minPartSize, maxParts);
}

/** Where a part of an even plan ends: after so many bytes, or a multiple of them. */
const EVEN = 64 * 1024;

/**
 * Over HTTP/2 a browser opens one connection to each name of the store: each is to carry as many parts. Of five parts one of two
 * connections would carry three, and with packet loss they take the time of three. So the parts become fewer and larger.
 */
export function evenPartSize(
  size: number,
  partSize: number,
  { http2 = false, names = 1 }: { readonly http2?: boolean | undefined; readonly names?: number | undefined },
): number {
  const parts = partCount({ size, partSize });
  if (!http2 || parts < names || parts % names === 0) return partSize;
  const even = Math.ceil(size / (parts - (parts % names)) / EVEN) * EVEN;
  return even > MAX_PART_SIZE ? partSize : even;
}

/** The parts that a page wishes; unequal ones where the store takes them. */
export type PartWish = Pick<FileIntent, 'partSize' | 'adaptPartSize' | 'unequal'>;

/** How a file is cut, by wish and store. */
export function planUpload(
  size: number,
  { partSize, adaptPartSize, unequal }: PartWish,
  store: Pick<Storage, 'minPartSize' | 'maxParts' | 'equalParts' | 'http2' | 'names'>,
): { partSize: number; lanes?: number } {
  const { minPartSize = MIN_PART_SIZE, maxParts = MAX_PARTS, equalParts = true } = store;
  if (unequal && !equalParts && minPartSize <= MIN_PART_SIZE) {
    const cut = { ...unequal, partSize: planPartSize(size, unequal.partSize, store) };
    const { lanes, count } = planParts(size, cut.partSize, cut.lanes);
    if (lanes > 0 && count <= maxParts) return cut;
  }
  const planned = planPartSize(size, partSize, store);
  return { partSize: adaptPartSize ? evenPartSize(size, planned, store) : planned };
}

/** How an upload is cut. */
export interface Cut {
  readonly size: number;
  readonly partSize: number;
  readonly lanes?: number | undefined;
}

/** How many parts an upload has: an empty file has one, which is empty. */
export const partCount = ({ size, partSize, lanes }: Cut) => planParts(size, partSize, lanes).count;

/** Bytes of one part; undefined where the upload has no such part. */
export function partLength({ size, partSize, lanes }: Cut, partNumber: number): number | undefined {
  const plan = planParts(size, partSize, lanes);
  return partNumber < 1 || partNumber > plan.count ? undefined : lengthOfPart(plan, partNumber);
}
