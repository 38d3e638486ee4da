/** How long an attempt may be silent before it is given up for another. */
import type { Patience } from './ports.ts';

const LEAST = 10_000;
const MOST = 120_000;
/** Before anything is known of the link: a slow one hands megabytes to the kernel at once and is then silent. */
const UNKNOWN = 30_000;

/**
 * Patience for a part of `length` bytes on a lane that moves `rate` bytes per second (0: unknown), after `stalls`
 * attempts of the same part were given up in a row. A link whose rate fell from 20 Mbit/s to 100 kbit/s was seen to
 * be alive with no progress event for 43 s, so each stall doubles the patience.
 */
export function patienceFor(length: number, rate: number, stalls: number): Patience {
  const expected = rate > 0 ? (length / rate) * 1000 : UNKNOWN / 4;
  const base = Math.min(MOST, Math.max(LEAST, 4 * expected));
  const grown = Math.min(MOST, base * 2 ** Math.min(stalls, 10));
  return { moving: grown, answering: grown };
}
