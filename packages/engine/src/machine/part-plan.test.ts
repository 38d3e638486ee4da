import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePartSize, fitPartSize, partRange, planParts, type RequestSpeed } from './part-plan.ts';

const MiB = 1024 * 1024;

describe('planParts', () => {
  it('gives an empty file one empty part', () => {
    const plan = planParts(0, 5 * MiB);
    expect(plan.count).toBe(1);
    expect(partRange(plan, 1)).toEqual({ start: 0, end: 0 });
  });

  it.each([
    [1, 1],
    [5 * MiB, 1],
    [5 * MiB + 1, 2],
    [10 * MiB, 2],
  ])('cuts %i bytes into %i parts of 5 MiB', (size, count) => {
    expect(planParts(size, 5 * MiB).count).toBe(count);
  });

  it('refuses sizes that are not whole numbers of bytes, and more than 10,000 parts', () => {
    for (const size of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => planParts(size, 1)).toThrow(RangeError);
    for (const partSize of [0, -1, 1.5]) expect(() => planParts(1, partSize)).toThrow(RangeError);
    expect(planParts(10_000, 1).count).toBe(10_000);
    expect(() => planParts(10_001, 1)).toThrow(/10001 parts; S3 allows 10000/);
  });

  it('covers every byte once, in order', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 101, max: 1_000_000 }), (size, partSize) => {
        const plan = planParts(size, partSize);
        let at = 0;
        for (let n = 1; n <= plan.count; n += 1) {
          const { start, end } = partRange(plan, n);
          if (start !== at || end - start > partSize || (n < plan.count && end - start !== partSize)) return false;
          at = end;
        }
        return at === size;
      }),
    );
  });
});

describe('fitPartSize', () => {
  it.each([
    ['a wish below 5 MiB', 100 * MiB, 1, 5 * MiB],
    ['a wish that is not whole MiB', 100 * MiB, 6.5 * MiB, 7 * MiB],
    ['a file too large for 10,000 parts of the wish', 100_000 * MiB, 5 * MiB, 10 * MiB],
    ['a wish above 5 GiB', 100 * MiB, 6000 * MiB, 5120 * MiB],
  ])('%s', (_, size, wish, expected) => {
    expect(fitPartSize(size, wish)).toBe(expected);
  });
});

describe('choosePartSize', () => {
  const link = (megabits: number, answer: number): RequestSpeed => ({ rate: (megabits * 1e6) / 8, answer });
  it.each<[string, size: number, RequestSpeed | undefined, expected: number]>([
    ['as small as may be where a small file would leave connections without work', 24, undefined, 5],
    ['that much for a small file on a fast link too', 24, link(50, 320), 5],
    ['no smaller than two rounds of all connections need: in parts of 5 MiB, a 13th would go alone', 64, undefined, 6],
    ['equal work for six connections: a 25th part of 8 MiB would go alone', 200, undefined, 9],
    ['larger for a large file, but not very large on a link that nobody knows', 1024, undefined, 16],
    ['the same for a huge one', 10 * 1024, undefined, 16],
    ['larger on a link that is fast and far', 1024, link(50, 320), 35],
    ['still larger on a faster one, up to 64 MiB', 20 * 1024, link(400, 320), 64],
    ['small on a slow link, where a break would cost minutes', 1024, link(2, 300), 6],
    ['what 10,000 parts need, whatever the link', 100_000, link(2, 300), 10],
  ])('%s', (_, size, speed, expected) => {
    expect(choosePartSize(size * MiB, 6, speed) / MiB).toBe(expected);
  });

  it('makes parts of whole MiB that S3 takes, whatever the link', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 31 * MiB, max: 5_000 * MiB }),
        fc.integer({ min: 1, max: 8 }),
        fc.option(fc.record({ rate: fc.double({ min: 1, max: 1e9, noNaN: true }), answer: fc.nat(10_000) })),
        (size, concurrency, speed) => {
          const partSize = choosePartSize(size, concurrency, speed ?? undefined);
          expect(partSize % MiB).toBe(0);
          expect(partSize).toBeGreaterThanOrEqual(5 * MiB);
          expect(partSize).toBeLessThanOrEqual(65 * MiB);
        },
      ),
    );
  });
});
