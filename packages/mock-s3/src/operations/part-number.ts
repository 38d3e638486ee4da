import { MAX_PARTS } from '@portage/protocol';
import { invalidArgument } from '../s3-error.ts';

/** Reads a part number; throws InvalidArgument unless it is from 1 to 10,000. */
export function checkPartNumber(text: string): number {
  const partNumber = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (partNumber >= 1 && partNumber <= MAX_PARTS) return partNumber;
  throw invalidArgument('partNumber', text, `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`);
}
