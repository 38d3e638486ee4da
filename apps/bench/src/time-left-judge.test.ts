import { expect, it } from 'vitest';
import { judge } from './time-left-judge.ts';

const shown = (at: number, eta: number | null) => ({
  at,
  status: 'uploading',
  loaded: 0,
  stored: 0,
  percent: 50,
  speed: 0,
  eta,
});

it('tells the error beside that of one who knew the link', () => {
  // The link takes 80 s for the bytes, and the upload took 100.
  const { median, known, told } = judge([shown(0, 50), shown(20_000, null), shown(50_000, 60)], 100_000, 80_000);
  expect(median).toBe(0.5);
  expect(known).toBeCloseTo(0.4);
  expect(told).toBeCloseTo(2 / 3);
});
