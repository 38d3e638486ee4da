import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPartSize, partLength, partRange, planParts } from './part-plan.ts';
import { MAX_PARTS, MIN_PART_SIZE } from './s3-limits.ts';

const MiB = 1024 * 1024;

/** Of each part, in MiB. */
function lengths(size: number, partSize: number, lanes?: number): number[] {
  const plan = planParts(size * MiB, partSize * MiB, lanes);
  return Array.from({ length: plan.count }, (_, index) => partLength(plan, index + 1) / MiB);
}

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

describe('equal parts', () => {
  it('are one empty one of an empty file', () => {
    const plan = planParts(0, 5 * MiB);
    expect(plan.count).toBe(1);
    expect(partRange(plan, 1)).toEqual({ start: 0, end: 0 });
  });

  it.each([
    [1, 1],
    [5 * MiB, 1],
    [5 * MiB + 1, 2],
    [10 * MiB, 2],
  ])('of %i bytes are %i of 5 MiB', (size, count) => {
    expect(planParts(size, 5 * MiB).count).toBe(count);
  });

  it('are not of sizes that are not whole numbers of bytes, and not more than 10,000', () => {
    for (const size of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => planParts(size, 1)).toThrow(RangeError);
    for (const partSize of [0, -1, 1.5]) expect(() => planParts(1, partSize)).toThrow(RangeError);
    expect(planParts(10_000, 1).count).toBe(10_000);
    expect(() => planParts(10_001, 1)).toThrow(/10001 parts; S3 allows 10000/);
  });

  it('cover every byte once, in order', () => {
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

describe('unequal parts', () => {
  it('grow from the smallest that S3 takes, and shrink to it, so that each of six requests has as much to send', () => {
    expect(lengths(150, 20, 6)).toEqual([5, 8, 11, 14, 17, 20, 20, 17, 14, 11, 8, 5]);
    expect(lengths(240, 20, 6)).toEqual([5, 7.5, 10, 12.5, 15, ...Array(8).fill(17.5), 15, 12.5, 10, 7.5, 5]);
  });

  it.each([
    ['a file is too short for two of each request', 60, 16, 6],
    ['one request goes at a time', 200, 16, 1],
    ['parts are as small as can be', 200, 5, 6],
    ['they would be too many', 60_000, 6, 6],
  ])('are not where %s', (_, size, partSize, lanes) => {
    expect(lengths(size, partSize, lanes)).toEqual(lengths(size, partSize));
  });

  it('cover every byte once, in order, and all but the last are as large as S3 wants them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 * MiB }),
        fc.integer({ min: 5, max: 64 }),
        fc.integer({ min: 1, max: 24 }),
        (size, mebibytes, lanes) => {
          const partSize = mebibytes * MiB;
          const plan = planParts(size, partSize, lanes);
          expect(plan.count).toBeLessThanOrEqual(MAX_PARTS);
          let at = 0;
          for (let n = 1; n <= plan.count; n += 1) {
            const { start, end } = partRange(plan, n);
            const length = end - start;
            if (start !== at || length < 1 || !Number.isSafeInteger(end))
              throw new Error(`Part ${n}: ${start} to ${end}.`);
            if (n < plan.count && length < MIN_PART_SIZE) throw new Error(`Part ${n} has ${length} bytes.`);
            if (length > partSize) throw new Error(`Part ${n} has ${length} bytes.`);
            at = end;
          }
          expect(at).toBe(size);
        },
      ),
    );
  });
});
