import { MAX_PARTS } from '@portage/protocol';
import { describe, expect, it } from 'vitest';
import { partCount, planPartSize } from './part-plan.ts';

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
