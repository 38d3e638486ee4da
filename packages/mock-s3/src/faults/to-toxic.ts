import type { Fault } from './fault.ts';
import type { Toxic, ToxicContext } from './toxic.ts';
import { bandwidth } from './toxics/bandwidth.ts';
import { down } from './toxics/down.ts';
import { holdBack } from './toxics/hold-back.ts';
import { latency } from './toxics/latency.ts';
import { limitData } from './toxics/limit-data.ts';
import { resetPeer } from './toxics/reset-peer.ts';
import { resetStream } from './toxics/reset-stream.ts';
import { slicer } from './toxics/slicer.ts';
import { slowClose } from './toxics/slow-close.ts';
import { timeout } from './toxics/timeout.ts';

/** What a fault does to the connection; `undefined` for one that only the protocol shows. */
export function toToxic(fault: Fault, context: ToxicContext): Toxic | undefined {
  switch (fault.kind) {
    case 'latency':
      return latency(fault, context);
    case 'slow_response':
      return latency({ ...fault, kind: 'latency', direction: 'downstream' }, context);
    case 'bandwidth':
      return bandwidth(fault, context);
    case 'slow_close':
      return slowClose(fault, context);
    case 'timeout':
      return timeout(fault, context);
    case 'stall':
      return holdBack(fault, context);
    case 'reset_peer':
      return resetPeer(fault, context);
    case 'reset_stream':
      return resetStream(fault, context);
    case 'lost_reply':
      return resetStream({ kind: 'reset_stream', direction: 'downstream' }, context);
    case 'slicer':
      return slicer(fault, context);
    case 'limit_data':
      return limitData(fault, context);
    case 'down':
      return down(fault, context);
    case 'error':
    case 'complete_200_error':
    case 'bit_flip':
    case 'no_such_upload':
    case 'stale_list_parts':
      return undefined;
  }
}
