import type { Fault } from '../fault.ts';
import type { FaultRule } from '../rule.ts';
import { type NetworkProfile, UPLOAD, UPLOADING } from './network-profile.ts';

function sometimes(operation: string | readonly string[], probability: number, fault: Fault): FaultRule {
  return { name: 'code' in fault && fault.code ? fault.code : fault.kind, operation, probability, fault };
}

/** A little of everything that a client has to survive; nothing that would corrupt what it stored. */
export const chaos: NetworkProfile = {
  summary: 'every failure that a client has to survive, on a fast link',
  rules: [
    sometimes(UPLOADING, 0.04, { kind: 'reset_peer', afterBytes: 100_000 }),
    sometimes(UPLOADING, 0.02, { kind: 'limit_data', bytes: 200_000 }),
    sometimes(UPLOADING, 0.02, { kind: 'timeout', ms: 5_000, afterBytes: 50_000 }),
    sometimes(UPLOADING, 0.05, { kind: 'slicer', averageSize: 8_000, sizeVariation: 4_000 }),
    sometimes(UPLOADING, 0.05, { kind: 'slow_response', ms: 1_000, jitter: 500 }),
    sometimes(UPLOADING, 0.05, { kind: 'slow_close', ms: 500 }),
    sometimes(UPLOADING, 0.02, { kind: 'bit_flip', where: 'received' }),
    sometimes(UPLOADING, 0.01, { kind: 'error', code: 'RequestTimeout', after: 'body' }),
    sometimes(UPLOADING, 0.01, { kind: 'error', code: 'ExpiredToken' }),
    sometimes(UPLOADING, 0.01, { kind: 'error', code: 'RequestTimeTooSkewed' }),
    sometimes(UPLOAD, 0.02, { kind: 'error', code: 'SlowDown' }),
    sometimes(UPLOAD, 0.02, { kind: 'error', code: 'InternalError' }),
    sometimes(UPLOAD, 0.02, { kind: 'error', code: 'ServiceUnavailable' }),
    sometimes(UPLOAD, 0.02, { kind: 'lost_reply' }),
    sometimes('CompleteMultipartUpload', 0.1, { kind: 'complete_200_error' }),
    sometimes('ListParts', 0.2, { kind: 'stale_list_parts', ms: 2_000 }),
    { name: 'latency', fault: { kind: 'latency', ms: 20, jitter: 20 } },
  ],
};
