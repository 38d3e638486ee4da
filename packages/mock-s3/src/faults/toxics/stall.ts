import * as v from 'valibot';
import type { Directions } from '../toxic.ts';
import { bytes, directions } from '../units.ts';

/** Nothing gets through, and nobody says so; it goes on where it stopped once the fault is gone, as after a tunnel. */
export interface Stall {
  readonly kind: 'stall';
  /** So many bytes of the body get through before. @default 0 */
  readonly afterBytes?: number;
  /** @default 'both' */
  readonly direction?: Directions;
}

export const stallSchema = v.strictObject({
  kind: v.literal('stall'),
  afterBytes: v.exactOptional(bytes),
  direction: v.exactOptional(directions),
});
