import * as v from 'valibot';
import { milliseconds } from '../units.ts';

/** ListParts lags: it does not know yet of parts that were acknowledged lately. */
export interface StaleListParts {
  readonly kind: 'stale_list_parts';
  /** Parts younger than so many milliseconds are left out. */
  readonly ms: number;
}

export const staleListPartsSchema = v.strictObject({ kind: v.literal('stale_list_parts'), ms: milliseconds });
