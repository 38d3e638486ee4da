import { describe, expect, it } from 'vitest';
import { createFormat, splitDuration } from './format.ts';

const format = createFormat('en');

describe('bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1430, '1.4 kB'],
    [9949, '9.9 kB'],
    [9960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [5_242_880, '5.2 MB'],
    [2_147_483_648, '2.1 GB'],
    [5_497_558_138_880, '5.5 TB'],
    [1e21, '1,000,000 PB'],
    [-5, '0 bytes'],
  ])('writes %d as %s', (value, text) => expect(format.bytes(value)).toBe(text));

  it('writes the digits and units of the locale', () => {
    expect(createFormat('de').bytes(1_430_000)).toBe('1,4 MB');
    expect(createFormat('fr').bytes(1_430_000)).toBe('1,4\u202fMo');
  });
});

describe('speed', () => {
  it('is bytes per second in the same units', () => expect(format.speed(8_240_000)).toBe('8.2 MB/s'));
});

describe('percent', () => {
  it('says 100% only when it is true', () => {
    expect(format.percent(99.99)).toBe('99%');
    expect(format.percent(100)).toBe('100%');
  });

  it('stays within 0 and 100', () => {
    expect(format.percent(-3)).toBe('0%');
    expect(format.percent(130)).toBe('100%');
  });
});

describe('duration', () => {
  it.each([
    [0, '1 sec'],
    [0.2, '1 sec'],
    [9.1, '10 sec'],
    [11, '15 sec'],
    [55, '55 sec'],
    [56, '1 min'],
    [61, '2 min'],
    [3541, '1 hr'],
    [3601, '1 hr 5 min'],
    [7190, '2 hr'],
    [86_400, '1 day'],
    [86_402, '1 day 1 hr'],
    [90_000, '1 day 1 hr'],
  ])('writes %d seconds as %s', (seconds, text) => expect(format.duration(seconds)).toBe(text));

  it('never tells less time than there is', () => {
    const lengths = { second: 1, minute: 60, hour: 3600, day: 86_400 };
    for (let seconds = 1; seconds < 200_000; seconds += 7) {
      const told = splitDuration(seconds).reduce((sum, [value, unit]) => sum + value * lengths[unit], 0);
      expect(told).toBeGreaterThanOrEqual(seconds);
    }
  });
});
