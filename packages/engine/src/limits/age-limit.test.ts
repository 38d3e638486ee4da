import { describe, expect, it } from 'vitest';
import { createLink } from '../../test/link.ts';
import { mbit, runOnLink } from '../../test/run-on-link.ts';
import { createWorld, MiB, settle } from '../../test/world.ts';
import { type Failure, isCutOff } from '../failure.ts';
import { type AgeLimit, isOfAge, lostAt, NO_AGE_LIMIT, throughAfter } from './age-limit.ts';

/** Requests of `inFlight` at once that were lost, each with when it began and ended, in seconds. */
function lost(inFlight: number, ...spans: [begun: number, ended: number][]): AgeLimit {
  return spans.reduce((known, [begun, ended]) => lostAt(known, begun * 1000, inFlight, ended * 1000), NO_AGE_LIMIT);
}

describe('requests that are lost', () => {
  it('together say nothing: the network may have gone', () => {
    expect(lost(6, [0, 10], [0, 10], [0.5, 10.5], [1, 10]).atOnce).toBe(Number.POSITIVE_INFINITY);
  });

  it('again at the same age, begun after others were lost, are followed by half as many at once', () => {
    expect(lost(6, [0, 10], [10, 20], [10.5, 20.5]).atOnce).toBe(3);
    expect(lost(6, [0, 10], [10, 20.5], [21, 31]).atOnce).toBe(1.5);
  });

  it('at another age, or young, change nothing', () => {
    expect(lost(6, [0, 10], [10, 16]).atOnce).toBe(Number.POSITIVE_INFINITY);
    expect(lost(6, [0, 2], [2, 4], [4, 6]).atOnce).toBe(Number.POSITIVE_INFINITY);
  });

  it('are of one age where a request waited a little before the gateway saw it', () => {
    const known = lost(6, [0, 10], [10, 20]);
    expect([10_000, 10_900, 12_000, 5_000].map((age) => isOfAge(known, age))).toEqual([true, true, false, false]);
  });

  it('with the link for themselves leave less than one at once, until one is through', () => {
    const alone = lost(1, [0, 10], [10, 20], [20, 30]);
    expect(alone.atOnce).toBe(0.25);
    expect(throughAfter(alone, 9_000, 1).atOnce).toBe(1);
    expect(lost(1, [0, 10], [10, 20], [20, 35]).atOnce).toBe(1);
  });
});

it.each<[Failure, 'nothing' | 'some' | 'all', boolean]>([
  [{ kind: 'network' }, 'some', true],
  [{ kind: 'network' }, 'all', true],
  [{ kind: 'network' }, 'nothing', false],
  [{ kind: 'stalled' }, 'some', false],
  [{ kind: 'store', status: 408 }, 'some', true],
  [{ kind: 'store', status: 502 }, 'some', true],
  [{ kind: 'store', status: 504 }, 'all', false],
  [{ kind: 'store', status: 413 }, 'some', false],
  [{ kind: 'store', status: 503, code: 'SlowDown' }, 'some', false],
])('%o, where of its body %s was handed over: was it ended on its way? %s', (failure, sent, expected) => {
  expect(isCutOff(failure, sent)).toBe(expected);
});

describe('a request that is through', () => {
  const limited = lost(6, [0, 30], [30, 60]);

  it('early lets so many at once go as would be through in four fifths of the time', () => {
    expect(throughAfter(limited, 12_000, 2).atOnce).toBe(4);
  });

  it('late takes no other one its place', () => {
    expect(throughAfter(limited, 29_000, 3).atOnce).toBe(3);
  });

  it('later than that age shows that there is no such end', () => {
    expect(throughAfter(limited, 40_000, 3)).toBe(NO_AGE_LIMIT);
  });
});

describe('behind a gateway that ends each request at one age, on a link of 4 Mbit/s,', () => {
  const link = { rate: () => mbit(4), rtt: 60 };

  it.each([
    { size: 100, age: 13, within: 270, ended: 10 },
    { size: 100, age: 30, within: 320, ended: 11 },
    { size: 100, age: 60, within: 390, ended: 14 },
    { size: 30, age: 30, within: 130, ended: 9 },
  ])('$size MiB are through where that is $age s', async ({ size, age, within, ended }) => {
    const { ms, link: seen } = await runOnLink(size, { ...link, endsAfter: age * 1000 });
    console.log(`${size} MiB, ${age} s: ${(ms / 1000).toFixed(0)} s, ${seen.ended} requests ended by the gateway`);
    expect(ms).toBeLessThan(within * 1000);
    expect(seen.ended).toBeLessThanOrEqual(ended);
  });

  it('too soon for one part alone, people hear of it', async () => {
    const world = createWorld({
      transport: (clock) => createLink(clock, { ...link, endsAfter: 8_000 }).transport,
    });
    const file = world.start('film', 100 * MiB, { adaptPartSize: true });
    await settle();
    await world.clock.pass(90_000);
    expect(file.ends).toMatchObject([{ at: 'failed', error: { code: 'too-slow' } }]);
  });
});
