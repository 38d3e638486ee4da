import { planParts } from '@portage/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseParts, type RequestSpeed } from './choose-parts.ts';

const MiB = 1024 * 1024;

describe('chooseParts', () => {
  const link = (megabits: number, answer: number): RequestSpeed => ({ rate: (megabits * 1e6) / 8, answer });
  it.each<[string, size: number, RequestSpeed | undefined, expected: number, unequal?: number]>([
    ['as small as may be where a small file would leave connections without work', 24, undefined, 5],
    ['that much for a small file on a fast link too', 24, link(50, 320), 5],
    ['equal work for six connections', 41, undefined, 7],
    [
      'no smaller than two rounds of all connections need: in parts of 5 MiB, a 13th would go alone',
      64,
      undefined,
      6,
      8,
    ],
    ['of one request no more than three quarters in one part', 96, undefined, 6, 12],
    ['equal work for six connections: a 25th part of 8 MiB would go alone', 200, undefined, 9, 20],
    ['larger for a large file, but not very large on a link that nobody knows', 1024, undefined, 16, 20],
    ['the same for a huge one', 10 * 1024, undefined, 16, 20],
    ['larger on a link that is fast and far', 1024, link(50, 320), 35, 37],
    ['still larger on a faster one, up to 64 MiB', 20 * 1024, link(400, 320), 64, 64],
    ['small and equal on a slow link, where a break would cost minutes', 1024, link(2, 300), 6],
    ['the smallest where nothing may be large', 192, { rate: 0, answer: 0 }, 6],
    ['what 10,000 parts need, whatever the link', 100_000, link(2, 300), 10],
  ])('%s', (_, size, speed, expected, unequal) => {
    const wish = chooseParts(size * MiB, 6, speed);
    expect(wish.partSize / MiB).toBe(expected);
    expect(wish.unequal).toEqual(unequal && { partSize: unequal * MiB, lanes: 6 });
  });

  it('unequal ones for as many requests as there are, and for 24 where there are more', () => {
    for (const [concurrency, lanes] of [
      [2, 2],
      [24, 24],
      [100, 24],
    ] as const)
      expect(chooseParts(2048 * MiB, concurrency, undefined).unequal?.lanes).toBe(lanes);
  });

  it('equal ones where one request goes at a time', () => {
    expect(chooseParts(200 * MiB, 1, undefined)).not.toHaveProperty('unequal');
  });

  it('makes parts of whole MiB that S3 takes, whatever the link', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31 * MiB, max: 5_000 * MiB }),
        fc.integer({ min: 1, max: 8 }),
        fc.option(fc.record({ rate: fc.double({ min: 1, max: 1e9, noNaN: true }), answer: fc.nat(10_000) })),
        (size, concurrency, speed) => {
          const { partSize, unequal } = chooseParts(size, concurrency, speed ?? undefined);
          for (const bytes of [partSize, unequal?.partSize ?? partSize]) {
            expect(bytes % MiB).toBe(0);
            expect(bytes).toBeGreaterThanOrEqual(5 * MiB);
            expect(bytes).toBeLessThanOrEqual(65 * MiB);
          }
          expect(unequal ? planParts(size, unequal.partSize, unequal.lanes).lanes : 0).toBe(unequal ? concurrency : 0);
        },
      ),
    );
  });
});
