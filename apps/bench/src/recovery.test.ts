import { describe, expect, it } from 'vitest';
import { PAYLOAD, recoveries } from './recovery.ts';

const STEP = 100;
/** Bytes in a step at so many Mbit/s of link, headers taken off. */
const bytesAt = (mbit: number) => (mbit * 1e6 * PAYLOAD * STEP) / 8000;
const seconds = (count: number, mbit: number) => Array.from({ length: count * (1000 / STEP) }, () => bytesAt(mbit));

describe('recoveries', () => {
  it('counts from the change to the end of the first second at the new rate', () => {
    const timeline = [...seconds(2, 100), ...seconds(3, 0), ...seconds(4, 10.1)];
    const [found] = recoveries({ since: 1000, timelineStep: STEP, timeline }, [{ at: 3000, rate: 10e6 }]);
    // Three seconds of nothing, then eight tenths of a second at the full rate are within a fifth.
    expect(found?.rate).toBe(10e6);
    expect(found?.seconds).toBeCloseTo(3.8);
  });

  it('does not take the rate of the link before for that of the link now', () => {
    const timeline = [...seconds(2, 10), ...seconds(2, 10), ...seconds(2, 100)];
    const [found] = recoveries({ since: 0, timelineStep: STEP, timeline }, [{ at: 2000, rate: 100e6 }]);
    expect(found?.seconds).toBeGreaterThan(2.5);
  });

  it('says nothing where the new rate was not reached before the next change', () => {
    const timeline = [...seconds(2, 100), ...seconds(2, 3), ...seconds(3, 100)];
    const changes = [
      { at: 2000, rate: 10e6 },
      { at: 4000, rate: 100e6 },
    ];
    expect(recoveries({ since: 0, timelineStep: STEP, timeline }, changes)).toEqual([
      { rate: 10e6 },
      { rate: 100e6, seconds: 1 },
    ]);
  });

  it('passes over a change that the upload hardly saw', () => {
    const timeline = seconds(3, 100);
    expect(recoveries({ since: 0, timelineStep: STEP, timeline }, [{ at: 2500, rate: 10e6 }])).toEqual([]);
  });
});
