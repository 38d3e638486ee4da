import { link, type NetworkProfile, UPLOADING } from './network-profile.ts';

/** LTE at 200 km/h: the rate sinks between two cells, a tunnel swallows everything, a handover breaks connections. */
export const train: NetworkProfile = {
  summary: 'lte with slow stretches, a tunnel of 8 s in every minute, and a handover that resets connections',
  rules: [
    ...link({ up: 12_000, down: 12_000, roundTrip: 80, jitter: 60 }),
    {
      name: 'between cells',
      during: { from: 8_000, to: 14_000, every: 20_000 },
      fault: { kind: 'bandwidth', bytesPerSecond: 60_000, shared: true },
    },
    { name: 'tunnel', during: { from: 30_000, to: 38_000, every: 60_000 }, fault: { kind: 'stall' } },
    { name: 'handover', during: { from: 50_000, to: 50_200, every: 60_000 }, fault: { kind: 'down' } },
    {
      name: 'lost cell',
      operation: UPLOADING,
      probability: 0.02,
      fault: { kind: 'reset_peer', afterBytes: 1024 * 1024 },
    },
  ],
};
