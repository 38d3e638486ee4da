import * as v from 'valibot';
import { acts, ConnectionCut, type Directions, type Toxic, type ToxicContext } from '../toxic.ts';
import { bytes, directions, milliseconds } from '../units.ts';
import { cutAfter } from './cut-after.ts';

/**
 * The connection is reset (TCP RST).
 * @see https://github.com/Shopify/toxiproxy#reset_peer
 */
export interface ResetPeer {
  readonly kind: 'reset_peer';
  /**
   * After so many bytes of the body; a body that is not longer gets through, but for 0, which lets nothing through.
   * @default 0
   */
  readonly afterBytes?: number;
  /** So many milliseconds after the request began, whatever moves. @default not by time */
  readonly afterMs?: number;
  /**
   * `downstream`: the store has done what was asked, and the reply is lost.
   * @default 'upstream'
   */
  readonly direction?: Directions;
}

export const resetPeerSchema = v.strictObject({
  kind: v.literal('reset_peer'),
  afterBytes: v.exactOptional(bytes),
  afterMs: v.exactOptional(milliseconds),
  direction: v.exactOptional(directions),
});

export function resetPeer(fault: ResetPeer, { line, phase, acted }: ToxicContext): Toxic {
  const { afterMs, direction = 'upstream' } = fault;
  const cut = (): void => {
    acted();
    line.cut();
  };
  if (afterMs !== undefined) {
    const timer = setTimeout(() => {
      if (phase.isOn()) cut();
    }, afterMs);
    line.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }
  if (afterMs !== undefined && fault.afterBytes === undefined) return {};
  const afterBytes = fault.afterBytes ?? 0;
  return {
    open: async (each) => {
      // The response to a PUT has no body that could be cut, nor has a request that reads.
      if (afterBytes > 0 || !acts(direction, each) || !phase.isOn()) return;
      cut();
      throw new ConnectionCut();
    },
    stage: (each) => (acts(direction, each) ? cutAfter(afterBytes, phase, cut) : undefined),
  };
}
