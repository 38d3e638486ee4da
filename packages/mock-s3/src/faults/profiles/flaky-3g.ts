import { fast3g } from './fast-3g.ts';
import { type NetworkProfile, UPLOAD, UPLOADING } from './network-profile.ts';

/** A 3G link at the edge of its cell. */
export const flaky3g: NetworkProfile = {
  summary: 'fast-3g that stalls, resets connections and meets a busy store',
  rules: [
    ...fast3g.rules,
    { name: 'jitter', fault: { kind: 'latency', ms: 100, jitter: 100 } },
    {
      name: 'reset',
      operation: UPLOADING,
      probability: 0.05,
      fault: { kind: 'reset_peer', afterBytes: 256 * 1024 },
    },
    {
      name: 'stall',
      during: { from: 20_000, to: 23_000, every: 30_000 },
      fault: { kind: 'stall' },
    },
    { name: 'busy', operation: UPLOAD, probability: 0.03, fault: { kind: 'error', code: 'SlowDown' } },
    { name: 'lost reply', operation: UPLOAD, probability: 0.02, fault: { kind: 'lost_reply' } },
  ],
};
