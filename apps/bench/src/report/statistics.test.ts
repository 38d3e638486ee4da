import { describe, expect, it } from 'vitest';
import { median, percentile, spread } from './statistics.ts';

describe('statistics', () => {
  it('takes the middle of an odd number of values, whatever their order', () => {
    expect(spread([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(median([40, 10, 20, 30])).toBe(25);
  });

  it('gives a percentile between two values in proportion', () => {
    expect(percentile([100, 0], 0.95)).toBeCloseTo(95);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it('has no median of nothing', () => {
    expect(() => spread([])).toThrow(RangeError);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
