import type { UploadTotals } from '@portage/uppy';
import { UNDER_WAY } from './under-way.ts';

/** Several files together, such as all of the list. */
export interface UploadStats extends UploadTotals {
  /** How many files there are. */
  readonly total: number;
  /** How many of them wait for `start()`. */
  readonly waiting: number;
  /** How many are under way: neither paused nor over. */
  readonly active: number;
}

/** @param total - how many files there are, also of those that were not started and are in no count. */
export function statsOf(totals: UploadTotals, total: number): UploadStats {
  const { counts } = totals;
  const known = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const active = UNDER_WAY.reduce((sum, status) => sum + counts[status], 0);
  return { ...totals, total, active, waiting: Math.max(0, total - known) };
}
