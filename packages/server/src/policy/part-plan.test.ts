import { MAX_PARTS } from '@portage/protocol';
import { describe, expect, it } from 'vitest';
import { evenPartSize, partCount, partLength, planPartSize, planUpload } from './part-plan.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

describe('the size of parts', () => {
  it.each([
    ['Amazon', {}, MAX_PARTS],
    ['Swift, which takes 1,000 by default', { maxParts: 1000 }, 1000],
    ['a Ceph with small parts', { minPartSize: 1, maxParts: 50 }, 50],
  ])('keeps to the most parts of %s', (_, limits, most) => {
    for (const size of [6 * MiB, 7 * GiB, 8 * GiB - 1, 100 * GiB]) {
      const partSize = planPartSize(size, 5 * MiB, limits) ?? size;
      expect(partCount({ size, partSize })).toBeLessThanOrEqual(most);
    }
  });
});

describe('the size of even parts', () => {
  const lengths = (size: number, partSize: number, names: number) => {
    const even = evenPartSize(size, partSize, { http2: true, names });
    const count = partCount({ size, partSize: even });
    return Array.from({ length: count }, (_, index) => Math.min(even, size - index * even) / MiB);
  };

  it('has every name of the store carry as many of them', () => {
    expect(lengths(24 * MiB, 5 * MiB, 2)).toEqual([6, 6, 6, 6]);
    expect(lengths(24 * MiB, 5 * MiB, 3)).toEqual([8, 8, 8]);
    expect(lengths(25 * MiB, 5 * MiB, 2)).toEqual([6.25, 6.25, 6.25, 6.25]);
    expect(lengths(15 * MiB, 5 * MiB, 2)).toEqual([7.5, 7.5]);
    for (let size = 20 * MiB; size < 400 * MiB; size += 7_654_321)
      for (const names of [2, 3, 4]) expect(lengths(size, 5 * MiB, names).length % names).toBe(0);
  });

  it('is the planned one with one name, over HTTP/1.1, and where there are fewer parts than names', () => {
    expect(evenPartSize(24 * MiB, 5 * MiB, { http2: true })).toBe(5 * MiB);
    expect(evenPartSize(24 * MiB, 5 * MiB, { names: 2 })).toBe(5 * MiB);
    expect(evenPartSize(6 * MiB, 6 * MiB, { http2: true, names: 2 })).toBe(6 * MiB);
    expect(evenPartSize(0, 5 * MiB, { http2: true, names: 2 })).toBe(5 * MiB);
    // Fewer parts would be larger than S3 takes.
    expect(evenPartSize(15 * GiB, 5 * GiB, { http2: true, names: 2 })).toBe(5 * GiB);
  });
});

describe('unequal parts', () => {
  const unequal = { partSize: 20 * MiB, lanes: 6 };
  const equal = { partSize: 9 * MiB };
  it.each([
    ['a page wishes them', { ...equal, unequal }, { equalParts: false }, unequal],
    ['a page wishes none', equal, { equalParts: false }, equal],
    ['the store wants equal ones', { ...equal, unequal }, { equalParts: true }, equal],
    ['nobody says what the store wants', { ...equal, unequal }, {}, equal],
    [
      'the smallest part of the store is larger',
      { ...equal, unequal },
      { equalParts: false, minPartSize: 8 * MiB },
      equal,
    ],
    [
      'they would be too many',
      { partSize: 20 * MiB, unequal },
      { equalParts: false, maxParts: 17 },
      { partSize: 20 * MiB },
    ],
  ] as const)('are had, or not, where %s', (_, wish, storage, cut) => {
    expect(planUpload(200 * MiB, wish, storage)).toEqual(cut);
  });

  it('are not had of a file that is too short for them', () => {
    expect(planUpload(50 * MiB, { ...equal, unequal }, { equalParts: false })).toEqual(equal);
  });

  it('have the lengths that the page gives them', () => {
    const cut = { size: 240 * MiB, ...unequal };
    const count = partCount(cut);
    expect([1, 2, 6, 7, 12, 13, 17].map((part) => (partLength(cut, part) ?? 0) / MiB)).toEqual([
      5, 7.5, 17.5, 17.5, 17.5, 17.5, 7.5,
    ]);
    expect(count).toBe(18);
    expect(partLength(cut, 0)).toBeUndefined();
    expect(partLength(cut, count + 1)).toBeUndefined();
  });
});
