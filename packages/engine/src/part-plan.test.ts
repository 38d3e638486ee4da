import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPartSize, partRange, planParts } from './part-plan.ts';

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
