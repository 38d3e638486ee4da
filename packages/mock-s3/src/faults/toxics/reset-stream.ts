import * as v from 'valibot';
import type { Directions, Toxic, ToxicContext } from '../toxic.ts';
import { bytes, directions } from '../units.ts';
import { resetPeer } from './reset-peer.ts';

/** This request is broken off and no other: over HTTP/2 its stream is reset, over HTTP/1.1 its connection. */
export interface ResetStream {
  readonly kind: 'reset_stream';
  /** After so many bytes of the body. @default 0 */
  readonly afterBytes?: number;
  /** `downstream`: the store has done what was asked, and the reply is lost. @default 'upstream' */
  readonly direction?: Directions;
}

export const resetStreamSchema = v.strictObject({
  kind: v.literal('reset_stream'),
  afterBytes: v.exactOptional(bytes),
  direction: v.exactOptional(directions),
});

export function resetStream(fault: ResetStream, context: ToxicContext): Toxic {
  const { line } = context;
  return resetPeer({ ...fault, kind: 'reset_peer' }, { ...context, line: { ...line, cut: line.reset } });
}
