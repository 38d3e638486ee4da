import * as v from 'valibot';
import { acts, ConnectionCut, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { bytes, directions, milliseconds } from '../units.ts';
import { wait } from '../wait.ts';

/**
 * Nothing gets through any more, and nobody says so; after a while the connection ends.
 * @see https://github.com/Shopify/toxiproxy#timeout
 */
export interface Timeout {
  readonly kind: 'timeout';
  /** Milliseconds until the connection ends. With 0 it stays, and goes on where it stopped once the fault is gone. */
  readonly ms: number;
  /** So many bytes of the body get through before. @default 0 */
  readonly afterBytes?: number;
  /** @default 'both' */
  readonly direction?: Directions;
}

export const timeoutSchema = v.strictObject({
  kind: v.literal('timeout'),
  ms: milliseconds,
  afterBytes: v.exactOptional(bytes),
  direction: v.exactOptional(directions),
});

export function timeout({ ms, afterBytes = 0, direction = 'both' }: Timeout, context: ToxicContext): Toxic {
  const { line, phase, acted } = context;
  const hold = async (): Promise<void> => {
    if (!phase.isOn()) return;
    acted();
    const gone = new AbortController();
    const signal = AbortSignal.any([line.signal, gone.signal]);
    const ending = ms > 0 ? wait(ms, signal).then(() => 'end' as const) : undefined;
    const going = phase.untilOff(signal).then(() => 'go' as const);
    // Whichever comes second is aborted, which is no error.
    ending?.catch(() => undefined);
    going.catch(() => undefined);
    const unwatch = line.watch();
    const first = await Promise.race(ending ? [ending, going] : [going]).finally(unwatch);
    gone.abort();
    if (first === 'go') return;
    line.end();
    throw new ConnectionCut();
  };
  return {
    open: async (each) => {
      if (acts(direction, each) && afterBytes === 0) await hold();
    },
    stage: (each) =>
      acts(direction, each)
        ? async function* (source) {
            let passed = 0;
            for await (const chunk of source) {
              const head = chunk.subarray(0, Math.max(0, afterBytes - passed));
              passed += chunk.length;
              if (head.length > 0) yield head;
              if (head.length === chunk.length) continue;
              await hold();
              yield chunk.subarray(head.length);
            }
          }
        : undefined,
  };
}
