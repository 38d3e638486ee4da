import * as v from 'valibot';
import type { ByteStage } from '../../http/body-source.ts';
import { acts, type Direction, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { directions } from '../units.ts';
import { wait } from '../wait.ts';

/**
 * Bodies move no faster than this.
 * @see https://github.com/Shopify/toxiproxy#bandwidth
 */
export interface Bandwidth {
  readonly kind: 'bandwidth';
  /** Of each connection, or of all together when `shared`. */
  readonly bytesPerSecond: number;
  /** One link for all requests that this fault is put on, as behind one antenna. @default false, one link for each */
  readonly shared?: boolean;
  /** @default 'both', each with this rate */
  readonly direction?: Directions;
}

export const bandwidthSchema = v.strictObject({
  kind: v.literal('bandwidth'),
  bytesPerSecond: v.pipe(v.number(), v.minValue(1)),
  shared: v.exactOptional(v.boolean()),
  direction: v.exactOptional(directions),
});

export function bandwidth(fault: Bandwidth, context: ToxicContext): Toxic {
  return {
    stage: (each) => {
      if (!acts(fault.direction ?? 'both', each)) return undefined;
      return narrow(linkOf(fault, each, context.line.connection), context);
    },
  };
}

/** Most bytes that a narrow link lets through at a time, so that they trickle instead of coming in bursts. */
const SLICE = 16 * 1024;

function narrow(link: Link, { phase, line, acted }: ToxicContext): ByteStage {
  return async function* (source) {
    for await (const chunk of source) {
      for (let start = 0; start < chunk.length; start += SLICE) {
        const slice = chunk.subarray(start, start + SLICE);
        if (phase.isOn()) {
          acted();
          await wait(link.enqueue(slice.length, performance.now()), line.signal);
        }
        yield slice;
      }
    }
  };
}

/** A queue of bytes that leaves at a fixed rate. */
export class Link {
  readonly #bytesPerSecond: number;
  #freeAt = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Puts bytes behind those that wait already. @param now - Milliseconds. @returns Milliseconds until the last is through. */
  enqueue(bytes: number, now: number): number {
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes / this.#bytesPerSecond) * 1000;
    return this.#freeAt - now;
  }
}

const links = new WeakMap<Bandwidth, WeakMap<object, Record<Direction, Link>>>();

/** The link of one more request that a fault is put on. @param connection - What carries the request, maybe with others. */
export function linkOf(fault: Bandwidth, direction: Direction, connection: object): Link {
  const ofFault = links.get(fault) ?? new WeakMap();
  links.set(fault, ofFault);
  const whose = fault.shared === true ? fault : connection;
  const both = ofFault.get(whose) ?? {
    upstream: new Link(fault.bytesPerSecond),
    downstream: new Link(fault.bytesPerSecond),
  };
  ofFault.set(whose, both);
  return both[direction];
}
