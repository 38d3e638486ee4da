import * as v from 'valibot';
import { acts, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { bytes, directions } from '../units.ts';
import { cutAfter } from './cut-after.ts';

/**
 * The connection ends (TCP FIN) once so many bytes of a body went through.
 * @see https://github.com/Shopify/toxiproxy#limit_data
 */
export interface LimitData {
  readonly kind: 'limit_data';
  /** Bytes. */
  readonly bytes: number;
  /** @default 'upstream' */
  readonly direction?: Directions;
}

export const limitDataSchema = v.strictObject({
  kind: v.literal('limit_data'),
  bytes,
  direction: v.exactOptional(directions),
});

export function limitData({ bytes, direction = 'upstream' }: LimitData, { line, phase, acted }: ToxicContext): Toxic {
  return {
    stage: (each) =>
      acts(direction, each)
        ? cutAfter(bytes, phase, () => {
            acted();
            line.end();
          })
        : undefined,
  };
}
