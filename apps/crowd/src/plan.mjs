// Who uploads what over which link: the same for the same number, so that a run can be repeated.
export const KiB = 1024;
export const MiB = 1024 * KiB;

/** Shares of the crowd. Rates are of each connection, as the store's faults have them. */
export const LINKS = [
  { name: 'fibre', share: 0.5 },
  { name: 'lte', share: 0.25 },
  { name: 'wifi', share: 0.15 },
  { name: 'train', share: 0.1 },
];

const UPLOADING = ['PutObject', 'UploadPart'];

/** What the store does to each link. */
export const FAULTS = [
  // However small the crowd: every tenth file loses its connection, and every tenth the response.
  { key: '*5-*', operation: UPLOADING, attempt: 1, fault: { kind: 'reset_peer', afterBytes: 500 } },
  { key: '*3-*', operation: UPLOADING, attempt: 1, fault: { kind: 'lost_reply' } },
  // And every tenth has its signatures refused: the first ones come with the create call, these by a sign call.
  { key: '*7-*', operation: UPLOADING, attempt: 1, fault: { kind: 'error', code: 'ExpiredToken' } },
  { key: '*-fibre', fault: { kind: 'latency', ms: 5, jitter: 5 } },
  { key: '*-lte', fault: [latency(35, 20), rate(1_500_000)] },
  { key: '*-lte', operation: UPLOADING, probability: 0.02, fault: { kind: 'reset_peer', afterBytes: 200_000 } },
  { key: '*-wifi', fault: [latency(30, 40), rate(1_000_000)] },
  { key: '*-wifi', operation: UPLOADING, probability: 0.03, fault: { kind: 'limit_data', bytes: 300_000 } },
  { key: '*-wifi', operation: UPLOADING, probability: 0.03, fault: { kind: 'error', code: 'SlowDown' } },
  { key: '*-train', fault: [latency(80, 80), rate(800_000)] },
  {
    key: '*-train',
    operation: UPLOADING,
    probability: 0.04,
    fault: { kind: 'timeout', ms: 60_000, afterBytes: 50_000 },
  },
  { key: '*-train', operation: UPLOADING, probability: 0.04, fault: { kind: 'lost_reply' } },
];

function latency(ms, jitter) {
  return { kind: 'latency', ms, jitter };
}

function rate(bytesPerSecond) {
  return { kind: 'bandwidth', bytesPerSecond, direction: 'upstream' };
}

/**
 * `count` files from 1 KiB to `most` bytes. Their logarithms grow with the cube: most are small, few are large; 1,000 up to
 * 100 MB are 2.9 GB.
 */
export function planCrowd(count, most) {
  return Array.from({ length: count }, (_, index) => {
    const size = Math.round(KiB * (most / KiB) ** (((index + 0.5) / count) ** 3));
    // Links take turns, so that each has small and large files.
    const turn = ((index * 61) % 100) / 100;
    let given = 0;
    const link = LINKS.findIndex(({ share }) => {
      given += share;
      return turn < given;
    });
    return { id: index, name: `u${String(index).padStart(4, '0')}-${LINKS[link].name}`, size };
  });
}
