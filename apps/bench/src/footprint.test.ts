import { describe, expect, it } from 'vitest';
import { parseStat } from './footprint.ts';

describe('the footprint of a process', () => {
  it('is read behind a name with spaces and brackets', () => {
    const fields = 'S 42 1 1 0 -1 4194560 100 0 0 0 250 150 0 0 20 0 12 0 5000 1000 200';
    expect(parseStat(`77 (a (b) c) ${fields}`)).toEqual({ pid: 77, ppid: 42, cpu: 4 });
  });
});
