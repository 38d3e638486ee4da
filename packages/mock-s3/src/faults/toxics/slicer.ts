import * as v from 'valibot';
import { around } from '../random.ts';
import { acts, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { bytes, directions, milliseconds } from '../units.ts';
import { wait } from '../wait.ts';

/**
 * Bodies come in small pieces.
 * @see https://github.com/Shopify/toxiproxy#slicer
 */
export interface Slicer {
  readonly kind: 'slicer';
  /** Bytes of a piece, on average. */
  readonly averageSize: number;
  /** Bytes that a piece may be larger or smaller. @default 0 */
  readonly sizeVariation?: number;
  /** Milliseconds between two pieces. @default 0 */
  readonly ms?: number;
  /** @default 'both' */
  readonly direction?: Directions;
}

export const slicerSchema = v.strictObject({
  kind: v.literal('slicer'),
  averageSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sizeVariation: v.exactOptional(bytes),
  ms: v.exactOptional(milliseconds),
  direction: v.exactOptional(directions),
});

export function slicer(fault: Slicer, { line, phase, random, acted }: ToxicContext): Toxic {
  const { averageSize, sizeVariation = 0, ms = 0, direction = 'both' } = fault;
  return {
    stage: (each) =>
      acts(direction, each)
        ? async function* (source) {
            for await (const chunk of source) {
              for (let start = 0; start < chunk.length; ) {
                const size = phase.isOn() ? Math.max(1, around(averageSize, sizeVariation, random)) : chunk.length;
                yield chunk.subarray(start, start + size);
                start += size;
                if (!phase.isOn()) continue;
                acted();
                await wait(ms, line.signal);
              }
            }
          }
        : undefined,
  };
}
