import { expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it.
import { killOnce } from './region-kills.mjs';

const MiB = 1024 * 1024;

// Two of the sixty that `npm run test:region-kills` makes, each with two stores in processes of their own.
it.concurrent.each(['refused', 'black-hole'] as const)(
  'an upload whose region is gone (%s) is stored once in the other one, and told of once',
  { timeout: 120_000 },
  async (how) => {
    const {
      seconds: _,
      resent,
      ...ended
    } = await killOnce({ how, sent: 4 * MiB, size: 24 * MiB, bytesPerSecond: 8 * MiB });
    const once = { stored: 1, whole: true, told: 1, switched: 1, unfinished: 0, onward: true };
    expect(ended).toEqual({ at: 'complete', region: 'us', ...once });
    expect(resent).toBeLessThanOrEqual(24 * MiB);
  },
);
