import { link, type NetworkProfile, UPLOADING } from './network-profile.ts';

/** Many guests, one access point, and a router that forgets connections. */
export const hotelWifi: NetworkProfile = {
  summary: '2 Mbit/s up, 6 Mbit/s down, 60 ms with much jitter; some connections die without a word',
  rules: [
    ...link({ up: 2000, down: 6000, roundTrip: 60, jitter: 50 }),
    { name: 'a neighbour streams', probability: 0.2, fault: { kind: 'latency', ms: 400, jitter: 300 } },
    {
      name: 'forgotten connection',
      operation: UPLOADING,
      probability: 0.03,
      fault: { kind: 'timeout', ms: 60_000, afterBytes: 512 * 1024 },
    },
    {
      name: 'reset',
      operation: UPLOADING,
      probability: 0.02,
      fault: { kind: 'reset_peer', afterBytes: 128 * 1024 },
    },
  ],
};
