import * as v from 'valibot';
import type { Toxic, ToxicContext } from '../toxic.ts';
import { milliseconds } from '../units.ts';
import { wait } from '../wait.ts';

/**
 * The connection is not used again, and its end comes later than that of the response.
 * @see https://github.com/Shopify/toxiproxy#slow_close
 */
export interface SlowClose {
  readonly kind: 'slow_close';
  /** Milliseconds. */
  readonly ms: number;
}

export const slowCloseSchema = v.strictObject({ kind: v.literal('slow_close'), ms: milliseconds });

export function slowClose({ ms }: SlowClose, { line, phase, acted }: ToxicContext): Toxic {
  return {
    close: async () => {
      if (!phase.isOn()) return;
      acted();
      await wait(ms, line.signal);
    },
  };
}
