import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdaptiveWindow, adapt, concurrencyOf, openWindow, type WindowObservation } from './adaptive-window.ts';

const MB = 1_000_000;

/** What a window of six does where each moment lasts half a second and `rate` says how fast so many requests go together. */
function watch(
  seconds: number,
  rate: (concurrency: number, second: number) => number,
  window = openWindow(6, 0),
  from = 0,
) {
  const concurrency: number[] = [];
  let now = from * 1000;
  for (; now < (from + seconds) * 1000; now += 500) {
    const inUse = concurrencyOf(window);
    window = adapt(window, { saw: 'moved', bytes: rate(inUse, now / 1000) / 2, concurrency: inUse }, now);
    concurrency.push(concurrencyOf(window));
  }
  return { window, concurrency, least: Math.min(...concurrency), last: concurrencyOf(window) };
}

/** A link of so many bytes per second; one connection gets `each` of them at most. */
const link =
  (rate: number, each = Number.POSITIVE_INFINITY) =>
  (concurrency: number) =>
    Math.min(rate, concurrency * each);

describe('a window', () => {
  it.each<[string, rate: (concurrency: number) => number, least: number, last: number]>([
    ['is open from the start, and stays so where each request is fast', link(12 * MB), 6, 6],
    ['comes down to two on a slow link that two requests fill', link(1.2 * MB), 2, 2],
    ['tries fewer where loss keeps each request slow, and has them all back within 2 s', link(4 * MB, 0.25 * MB), 3, 6],
    ['stays at three where two are not enough', link(1.5 * MB, 0.5 * MB), 2, 3],
  ])('%s', (_, rate, least, last) => {
    const seen = watch(40, rate);
    expect([seen.least, seen.last]).toEqual([least, last]);
  });

  it('has narrowed within two trials of 4 s', () => {
    expect(watch(16, link(1.2 * MB)).last).toBe(2);
  });

  it('ends a trial once one request less is slower, before those that are too many have ended', () => {
    const lossy = link(4 * MB, 0.25 * MB);
    let { window } = watch(4.5, lossy);
    expect(concurrencyOf(window)).toBe(3);
    for (let now = 4_500; now <= 7_000; now += 500)
      window = adapt(window, { saw: 'moved', bytes: lossy(5) / 2, concurrency: 5 }, now);
    expect(concurrencyOf(window)).toBe(6);
  });

  it('tries less and less often what did not work, 2 s at a time', () => {
    const { concurrency } = watch(600, link(4 * MB, 0.25 * MB));
    expect(concurrency.filter((count) => count < 6).length / concurrency.length).toBeLessThan(0.03);
  });

  it('opens again within 4 s where the link becomes faster, or so slow that it must be another one', () => {
    const { window } = watch(40, link(1.2 * MB));
    expect(concurrencyOf(window)).toBe(2);
    expect(watch(4, link(12 * MB), window, 40).last).toBe(6);
    const slower = watch(4, link(0.3 * MB), window, 40);
    expect(Math.max(...slower.concurrency)).toBe(6);
  });

  it('has all requests back within a minute where they have become worth it and nothing else tells', () => {
    const { window } = watch(40, link(1.2 * MB));
    expect(concurrencyOf(window)).toBe(2);
    // As fast with two requests as before.
    const later = watch(60, link(12 * MB, 0.6 * MB), window, 40);
    expect(later.last).toBe(6);
    // For good: half of them is tried again, and is too slow.
    expect(watch(300, link(12 * MB, 0.6 * MB), later.window, 100).last).toBe(6);
  });

  it('opens a link that has no use for more requests for some seconds of each minute', () => {
    const { concurrency } = watch(1_200, link(1.2 * MB));
    expect(concurrency.filter((count) => count > 2).length / concurrency.length).toBeLessThan(0.2);
  });

  it('learns nothing while there is too little to send', () => {
    let window = openWindow(6, 0);
    for (let now = 0; now < 60_000; now += 500) window = adapt(window, { saw: 'moved', bytes: 1, concurrency: 5 }, now);
    expect(concurrencyOf(window)).toBe(6);
  });
});

describe('a store that asks for less', () => {
  const throttled: WindowObservation = { saw: 'throttled' };
  const time: WindowObservation = { saw: 'time' };
  const after = (...steps: [seen: WindowObservation, at: number][]) =>
    concurrencyOf(steps.reduce<AdaptiveWindow>((window, [seen, at]) => adapt(window, seen, at), openWindow(6, 0)));

  it.each<[string, [WindowObservation, number][], number]>([
    ['gets a third less at once', [[throttled, 0]], 4],
    [
      'is heard once for all that it says in one breath',
      [
        [throttled, 0],
        [throttled, 10],
        [throttled, 1_999],
      ],
      4,
    ],
    [
      'gets less again where it says so again',
      [
        [throttled, 0],
        [throttled, 2_000],
        [throttled, 4_000],
      ],
      1,
    ],
    [
      'never gets nothing',
      [
        [throttled, 0],
        [throttled, 2_000],
        [throttled, 4_000],
        [throttled, 6_000],
      ],
      1,
    ],
    [
      'gets no more for 2 s',
      [
        [throttled, 0],
        [time, 1_999],
      ],
      4,
    ],
    [
      'gets one more each second after that',
      [
        [throttled, 0],
        [time, 2_000],
      ],
      5,
    ],
    [
      'gets all of it back 3 s after its last word',
      [
        [throttled, 0],
        [time, 2_000],
        [time, 3_000],
        [time, 4_000],
      ],
      6,
    ],
    [
      'is waited for anew with each word',
      [
        [throttled, 0],
        [throttled, 1_500],
        [time, 3_000],
      ],
      4,
    ],
  ])('%s', (_, steps, expected) => {
    expect(after(...steps)).toBe(expected);
  });
});

it('has at least one request and never more than it may, whatever it sees', () => {
  const seen: fc.Arbitrary<WindowObservation> = fc.oneof(
    fc.constant({ saw: 'throttled' as const }),
    fc.constant({ saw: 'time' as const }),
    fc.record({
      saw: fc.constant('moved' as const),
      bytes: fc.integer({ min: -MB, max: 9 * MB }),
      concurrency: fc.nat(8),
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.tuple(seen, fc.nat(3_000))), (most, steps) => {
      let window = openWindow(most, 0);
      let now = 0;
      for (const [what, ms] of steps) {
        now += ms;
        window = adapt(window, what, now);
        expect(concurrencyOf(window)).toBeGreaterThanOrEqual(1);
        expect(concurrencyOf(window)).toBeLessThanOrEqual(most);
      }
    }),
  );
});
