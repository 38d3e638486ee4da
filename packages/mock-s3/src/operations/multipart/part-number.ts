import { invalidArgument } from '../../errors/s3-error.ts';
import type { Mimic } from '../../mimic/mimic.ts';

/** Reads a part number; throws InvalidArgument unless it is one that the store takes: S3, from 1 to 10,000. */
export function checkPartNumber(text: string, { partNumbers: [least, greatest] }: Mimic): number {
  const partNumber = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (partNumber >= least && partNumber <= greatest) return partNumber;
  throw invalidArgument(
    'partNumber',
    text,
    `Part number must be an integer between ${least} and ${greatest}, inclusive`,
  );
}
