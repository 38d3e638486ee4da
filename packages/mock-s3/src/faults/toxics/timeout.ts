import * as v from 'valibot';
import type { Directions, Toxic, ToxicContext } from '../toxic.ts';
import { bytes, directions, milliseconds } from '../units.ts';
import { holdBack } from './hold-back.ts';

/**
 * Nothing gets through any more, and nobody says so; after a while the connection ends. What was held back is lost, also
 * where the fault is gone by then.
 * @see https://github.com/Shopify/toxiproxy#timeout
 */
export interface Timeout {
  readonly kind: 'timeout';
  /** Milliseconds until the connection ends, from 1. For a connection that stays and goes on later there is `stall`. */
  readonly ms: number;
  /** So many bytes of the body get through before. @default 0 */
  readonly afterBytes?: number;
  /** @default 'both' */
  readonly direction?: Directions;
}

export const timeoutSchema = v.strictObject({
  kind: v.literal('timeout'),
  ms: v.pipe(milliseconds, v.minValue(1, 'a time-out ends the connection after 1 ms or more; take "stall" for never')),
  afterBytes: v.exactOptional(bytes),
  direction: v.exactOptional(directions),
});

export const timeout = ({ ms, ...rest }: Timeout, context: ToxicContext): Toxic =>
  holdBack({ ...rest, endAfter: ms }, context);
