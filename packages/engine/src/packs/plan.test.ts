import { describe, expect, it } from 'vitest';
import {
  aloneAtOnce,
  NOTHING_SEEN,
  nextPack,
  packsPay,
  sawAlone,
  sawBroken,
  sawPack,
  sawTaken,
  takeAtOnce,
  type Waiting,
  type Ways,
} from './plan.ts';

const KB = 1_000;
const MiB = 1024 * 1024;
const files = (count: number, size: number, token = 'token') => Array(count).fill({ size, token }) as Waiting['files'];
const plan = (
  waiting: Waiting['files'],
  seen: { quiet?: number; more?: boolean; underWay?: number } = {},
  least = 0,
  ways: Partial<Ways> = {},
) =>
  nextPack({ files: waiting, quiet: 0, more: false, underWay: 0, ...seen }, least, {
    ...NOTHING_SEEN,
    ...ways,
  });

describe('a pack', () => {
  it('is full at 5.5 MiB or 1,024 files, and goes at once', () => {
    expect(plan(files(100, 100 * KB))).toEqual({ count: 57, padding: 0 });
    // 10,000 files of 10 kB are never padded, also where 5 MiB are the least.
    expect(plan(files(1000, 10 * KB), {}, 5 * MiB + 1)).toEqual({ count: 576, padding: 0 });
    expect(plan(files(1100, KB))).toEqual({ count: 1024, padding: 0 });
  });

  it('is full with tokens of 1 MB, in front of a proxy that takes no longer calls; of the longest there are 122', () => {
    expect(plan(files(1100, KB, 't'.repeat(2_000)))).toEqual({ count: 500, padding: 0 });
    expect(plan(files(1100, KB, 't'.repeat(8_192)))).toEqual({ count: 122, padding: 0 });
  });

  it('that is not full waits a moment for more, and goes with what is there', () => {
    expect(plan(files(20, 10 * KB), { quiet: 49 })).toBeUndefined();
    expect(plan(files(20, 10 * KB), { quiet: 50 })).toEqual({ count: 20, padding: 0 });
    expect(plan([], { quiet: 1000 })).toBeUndefined();
  });

  it('waits longer while more files are created: it would be padded, or the next one late', () => {
    const least = 5 * MiB + 1;
    const half = files(48, 100 * KB);
    expect(plan(half, { quiet: 999, more: true }, least)).toBeUndefined();
    expect(plan(half, { quiet: 1_000, more: true }, least)).toEqual({ count: 48, padding: least - 4_800_000 });
    expect(plan(half, { quiet: 50 }, least)).toEqual({ count: 48, padding: least - 4_800_000 });
    // The link has something to do.
    expect(plan(half, { quiet: 5_000, more: true, underWay: 1 }, least)).toBeUndefined();
  });

  it('that needs no padding does not wait for more while the link is idle', () => {
    const enough = files(55, 100 * KB);
    expect(plan(enough, { more: true }, 5 * MiB + 1)).toEqual({ count: 55, padding: 0 });
    expect(plan(enough, { more: true, underWay: 1 }, 5 * MiB + 1)).toBeUndefined();
    // Where any size is enough it is still no small one.
    expect(plan(files(60, 10 * KB), { more: true })).toBeUndefined();
  });

  it('is none with a few files', () => {
    expect(plan(files(7, 10 * KB), { quiet: 1000 })).toBeUndefined();
  });

  it('is begun to follow two that are on their way, where it is full; there is no fourth', () => {
    expect(plan(files(100, 100 * KB), { underWay: 1 })).toBeDefined();
    expect(plan(files(100, 100 * KB), { underWay: 2 })).toBeDefined();
    expect(plan(files(57, 100 * KB), { underWay: 1, quiet: 50 })).toBeDefined();
    expect(plan(files(57, 100 * KB), { underWay: 2, quiet: 1_000 })).toBeUndefined();
    expect(plan(files(100, 100 * KB), { underWay: 3 })).toBeUndefined();
  });

  it('leaves four connections to files by themselves', () => {
    expect([aloneAtOnce(false), aloneAtOnce(true)]).toEqual([6, 4]);
  });

  it('is padded to what the store copies out of, by no more than its files have', () => {
    const least = 5 * MiB + 1;
    expect(plan(files(30, 100 * KB), { quiet: 50 }, least)).toEqual({ count: 30, padding: least - 3_000_000 });
    expect(plan(files(26, 100 * KB), { quiet: 1000 }, least)).toBeUndefined();
  });

  it('is padded further, once it is known that the padding takes less time than the files by themselves', () => {
    const least = 5 * MiB + 1;
    const few = (link: number) => plan(files(100, 10 * KB), { quiet: 1000 }, least, { link, alone: 16.7 });
    // 100 files by themselves take 6 s, 4.2 MB of padding half a second at 10 MB/s, and 8 s at 0.5 MB/s.
    expect(few(10_000 * KB)).toEqual({ count: 100, padding: least - 1_000_000 });
    expect(few(500 * KB)).toBeUndefined();
  });

  it('takes the link four seconds, where it is slow', () => {
    expect(plan(files(100, 100 * KB), {}, 0, { link: 500 * KB })).toEqual({ count: 20, padding: 0 });
    expect(plan(files(100, 100 * KB), {}, 0, { link: 10 * KB })).toEqual({ count: 10, padding: 0 });
    expect(plan(files(100, 100 * KB), {}, 0, { link: 100_000 * KB })).toEqual({ count: 57, padding: 0 });
  });
});

describe('packs pay', () => {
  const alone = (ms: number, ways: Ways = NOTHING_SEEN) => sawAlone(ways, ms);
  const packed = (files: number, ms: number, ways: Ways, at = 0) =>
    sawPack(ways, { files, bytes: files * 100 * KB, ms, sending: ms / 2 }, at);

  it('while nothing else is known', () => {
    expect(packsPay(NOTHING_SEEN, 0)).toBe(true);
    expect(packsPay(alone(360), 0)).toBe(true);
  });

  it('where they store more files a second than six connections', () => {
    // 6 / 0.36 s = 16.7 files a second.
    expect(packsPay(packed(84, 1_500, alone(360)), 1)).toBe(true);
    // Swift 2.38 copies 6 a second.
    expect(packsPay(packed(84, 14_000, alone(360)), 1)).toBe(false);
    // Swift 2.30 copies 24.
    expect(packsPay(packed(84, 3_500, alone(360)), 1)).toBe(true);
  });

  it('perhaps, a minute after they did not', () => {
    const slow = packed(84, 14_000, alone(360), 1_000);
    expect(packsPay(slow, 60_999)).toBe(false);
    expect(packsPay(slow, 61_000)).toBe(true);
  });

  it('not where a file by itself waits for the link', () => {
    expect(packsPay(alone(2_001), 0)).toBe(false);
  });

  it('not after several broke together: that is once', () => {
    const first = sawBroken(NOTHING_SEEN, 0, 10_000);
    const all = [1, 2, 3].reduce((ways) => sawBroken(ways, 5_000, 10_000), first);
    expect([packsPay(all, 69_999), packsPay(all, 70_000)]).toEqual([false, true]);
  });

  it('not after one broke: for a minute, and twice as long each time', () => {
    const once = sawBroken(NOTHING_SEEN, 0, 0);
    expect([packsPay(once, 59_999), packsPay(once, 60_000)]).toEqual([false, true]);
    const twice = sawBroken(once, 60_000, 60_000);
    expect([packsPay(twice, 179_999), packsPay(twice, 180_000)]).toEqual([false, true]);
    expect(packsPay(packed(84, 1_500, twice, 180_000), 180_001)).toBe(true);
  });
});

describe('files are taken out of a pack', () => {
  it('32 by the first call; then as many as take 1.5 seconds, 32 to 256', () => {
    expect(takeAtOnce(NOTHING_SEEN)).toBe(32);
    // Swift 2.38, Ceph, and a store in the same house.
    expect([5, 0.64, 0.05].map((seconds) => takeAtOnce(sawTaken(NOTHING_SEEN, 32, 1000 * seconds)))).toEqual([
      32, 75, 256,
    ]);
  });
});
