/** The engine as it is, on simulated links: every figure is exact, and the same each time. */
import { describe, expect, it } from 'vitest';
import { createLink } from '../../test/link.ts';
import { mbit, runOnLink } from '../../test/run-on-link.ts';
import { createWorld, MiB, settle } from '../../test/world.ts';

describe('on a link', () => {
  it('that is fast and far, a file is cut as the ones before it have shown', async () => {
    const far = { rate: () => mbit(300), rtt: 120, perConnection: mbit(160) };
    const first = await runOnLink(800, far);
    const later = await runOnLink(800, far, { warm: [200] });
    expect(later.partSize).toBeGreaterThan(first.partSize ?? 0);
    expect(later.rate).toBeGreaterThan(first.rate);
  });

  const a = { rate: () => mbit(100), rtt: 80 };
  const b = { rate: () => mbit(300), rtt: 120, perConnection: mbit(160) };
  const lossy = { rate: () => mbit(12), rtt: 40, perConnection: mbit(2) };
  it.each([
    { size: 64, equal: 6, link: a, share: 0.86, times: 1.01 },
    { size: 96, equal: 6, link: a, share: 0.94, times: 1.1 },
    { size: 200, equal: 9, link: a, share: 0.97, times: 1.07 },
    { size: 1024, equal: 16, link: a, share: 0.99, times: 1.05 },
    { size: 96, equal: 6, link: b, share: 0.66, times: 1.25 },
    { size: 256, equal: 11, link: b, share: 0.89, times: 1.25 },
    { size: 1024, equal: 16, link: b, share: 0.88, times: 1.15 },
    { size: 110, equal: 7, link: lossy, share: 0.96, times: 1.1 },
  ])(
    'a file of $size MiB is faster in unequal parts than in those of $equal MiB: not all requests wait for their responses at once',
    async ({ size, equal, link, share, times }) => {
      const shareOf = async (partSize?: { partSize: number }) =>
        (await runOnLink(size, link, { signedAhead: 64, ...partSize })).rate / link.rate();
      const [ofUnequal, ofEqual] = [await shareOf(), await shareOf({ partSize: equal * MiB })];
      const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
      const name = `${size} MiB, ${(link.rate() * 8) / 0.965e6} Mbit/s, ${link.rtt} ms`;
      console.log(`${name}: equal parts ${percent(ofEqual)} of the link, unequal ones ${percent(ofUnequal)}`);
      expect(ofUnequal).toBeGreaterThan(share);
      expect(ofUnequal / ofEqual).toBeGreaterThan(times);
    },
  );

  it('that loses packets, a small file goes in as many parts at once as S3 allows', async () => {
    const { rate, link } = await runOnLink(24, { rate: () => mbit(30), rtt: 40, perConnection: mbit(2) });
    expect(link.inFlight[0]).toBe(5);
    expect(rate / mbit(2)).toBeGreaterThan(4.5);
  });

  it('that is slow, most connections are left to others, at no cost', async () => {
    const { rate, link } = await runOnLink(100, { rate: () => mbit(20), rtt: 40 }, { partSize: 5 * MiB });
    expect(link.inFlight.at(-5)).toBe(2);
    expect(rate / mbit(20)).toBeGreaterThan(0.94);
  });

  it('that falls from 100 to 10 Mbit/s and comes back, the speed is back within 4 s', async () => {
    const falling = (ms: number) => mbit(ms > 5_000 && ms < 50_000 ? 10 : 100);
    const { link } = await runOnLink(300, { rate: falling, rtt: 80 });
    expect((link.seconds[30] ?? 0) / mbit(10)).toBeGreaterThan(0.95);
    const back = link.seconds.slice(54, 58).reduce((sum, bytes) => sum + bytes, 0) / 4;
    expect(back / mbit(100)).toBeGreaterThan(0.85);
  });

  it('to a store that bears three requests, few are refused; once it bears all, all are sent', async () => {
    const throttleAbove = (ms: number) => (ms < 20_000 ? 3 : 6);
    const { link } = await runOnLink(300, { rate: () => mbit(100), rtt: 40, throttleAbove });
    expect(link.refused).toBeLessThan(20);
    // A second in which all wait for responses is not one of them.
    expect(Math.max(...Object.values(link.inFlight.slice(24)))).toBe(6);
  });
});

it('small files keep every connection: what they wait for is not the link', async () => {
  let link: ReturnType<typeof createLink> | undefined;
  const world = createWorld({
    kind: 'single',
    transport: (clock) => {
      link = createLink(clock, { rate: () => mbit(100), rtt: 80 });
      return link.transport;
    },
  });
  const files = Array.from({ length: 400 }, (_, i) => world.start(`${i}`, 100_000));
  await settle();
  while (files.some(({ ends }) => ends.length === 0)) await world.clock.pass(500);
  const busy = link?.inFlight.slice(1, -1) ?? [];
  expect(busy.length).toBeGreaterThan(15);
  expect(new Set(busy)).toEqual(new Set([6]));
});

it('of six requests in flight four are left where the store answers one of them that it is too much', async () => {
  const world = createWorld({ signedAhead: 64 });
  world.start('a', 100 * MiB);
  await settle();
  expect(world.inFlight()).toHaveLength(6);
  await world.inFlight()[0]?.fail({ kind: 'store', status: 503, code: 'SlowDown' });
  for (const left of [4, 4, 4]) {
    await world.inFlight()[0]?.succeed();
    expect(world.inFlight()).toHaveLength(left);
  }
});

describe('signing', () => {
  it('takes 15 calls for 1,000 parts', async () => {
    const world = createWorld({ signedAhead: 64 });
    world.start('a', 5_000 * MiB);
    await settle();
    await world.drain();
    expect(world.sent).toHaveLength(1_000);
    expect(world.calls.filter((call) => call.startsWith('sign'))).toHaveLength(15);
  });

  it('is never waited for by a part, even of a signer that takes a second where 23 parts go in one', async () => {
    const link = { rate: () => mbit(1_000), rtt: 20, answer: 0 };
    const options = { partSize: 5 * MiB, signedAhead: 64 };
    const slow = await runOnLink(1_000, link, { ...options, signing: 1_000 });
    expect(slow.ms).toBe((await runOnLink(1_000, link, options)).ms);
  });
});

describe('a bandwidth limit', () => {
  it.each([
    ['below the link', 1, 1],
    ['above it', 100, 11.5],
  ])('%s is kept to within 10 %%', async (_, limit, expected) => {
    const { rate } = await runOnLink(60, { rate: () => mbit(100), rtt: 40 }, { bandwidthLimit: limit * MiB });
    expect(rate / MiB / expected).toBeGreaterThan(0.75);
    expect(rate / MiB / expected).toBeLessThan(1.1);
  });

  it('is no reason to give up, however long a part had to wait for it', async () => {
    // 20 minutes for a part.
    const world = createWorld({ bandwidthLimit: (5 * MiB) / 1_200 });
    const file = world.start('a', 10 * MiB);
    await settle();
    await world.drain();
    await world.clock.pass(1_199_000);
    expect(world.sent).toHaveLength(1);
    await world.clock.pass(2_000);
    expect(world.sent).toHaveLength(2);
    await world.inFlight()[0]?.fail({ kind: 'network' });
    expect(file.ends).toEqual([]);
  });

  it('that is changed or lifted counts at once, for what is owed too', async () => {
    const world = createWorld({ bandwidthLimit: MiB });
    world.start('a', 50 * MiB);
    await settle();
    await world.clock.pass(2_000);
    expect(world.sent).toHaveLength(1);
    // 3 of 5 MiB are owed.
    world.bandwidthLimit = 3 * MiB;
    await world.clock.pass(2_000);
    expect(world.sent).toHaveLength(2);
    world.bandwidthLimit = undefined;
    await world.clock.pass(1_000);
    expect(world.inFlight()).toHaveLength(6);
    world.bandwidthLimit = MiB;
    await world.inFlight()[0]?.succeed();
    await world.inFlight()[0]?.succeed();
    expect(world.inFlight()).toHaveLength(5);
  });

  it('is for all files together', async () => {
    const world = createWorld({ bandwidthLimit: 5 * MiB });
    for (const name of ['a', 'b', 'c']) world.start(name, 5 * MiB);
    await settle();
    expect(world.sent).toHaveLength(1);
    await world.clock.pass(1_000);
    expect(world.sent).toHaveLength(2);
    await world.drain();
    await world.clock.pass(1_000);
    await world.drain();
    expect(world.calls.filter((call) => call.startsWith('complete'))).toHaveLength(3);
    await world.clock.pass(5_000);
    expect(world.clock.pending).toBe(0);
  });
});

it('a file of a higher priority goes before what is left of the others', async () => {
  const world = createWorld({ concurrency: 2, signedAhead: 8 });
  world.start('usual', 20 * MiB);
  await settle();
  world.start('urgent', 10 * MiB, { priority: 1 });
  await settle();
  await world.drain();
  const order = world.sent.map(({ url }) => new URL(url).pathname.slice(1));
  expect(order).toEqual(['usual', 'usual', 'urgent', 'urgent', 'usual', 'usual']);
});

it('where the person asked for less traffic, two requests at once do, until they ask no more', async () => {
  const world = createWorld();
  world.savesData = true;
  world.start('a', 50 * MiB);
  await settle();
  expect(world.inFlight()).toHaveLength(2);
  world.savesData = false;
  await world.inFlight()[0]?.succeed();
  expect(world.inFlight()).toHaveLength(6);
});
