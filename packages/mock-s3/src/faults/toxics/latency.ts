import * as v from 'valibot';
import { around } from '../random.ts';
import { acts, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { directions, milliseconds } from '../units.ts';
import { wait } from '../wait.ts';

/**
 * Everything arrives later: the request, its response, or both.
 * @see https://github.com/Shopify/toxiproxy#latency
 */
export interface Latency {
  readonly kind: 'latency';
  /** Milliseconds. */
  readonly ms: number;
  /** Up to so many milliseconds more or less, drawn for each request. @default 0 */
  readonly jitter?: number;
  /** `downstream` waits once all is done, before the response. @default 'upstream' */
  readonly direction?: Directions;
}

export const latencySchema = v.strictObject({
  kind: v.literal('latency'),
  ms: milliseconds,
  jitter: v.exactOptional(milliseconds),
  direction: v.exactOptional(directions),
});

export function latency({ ms, jitter = 0, direction = 'upstream' }: Latency, context: ToxicContext): Toxic {
  return {
    open: async (each) => {
      if (!acts(direction, each) || !context.phase.isOn()) return;
      context.acted();
      await wait(around(ms, jitter, context.random), context.line.signal);
    },
  };
}
