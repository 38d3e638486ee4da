import { describe, expect, it } from 'vitest';
import { createWorld, MiB, settle } from '../../test/world.ts';
import { createHosts } from './hosts.ts';

const HOSTS = ['https://one.test', 'https://two.test'] as const;
const FAILED = { kind: 'network' } as const;

function worldOfTwo(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld({ hosts: HOSTS, signedAhead: 64, ...options });
  const inFlightAt = (host: string) => world.inFlight().filter(({ url }) => url.startsWith(host));
  return { ...world, inFlightAt };
}

describe('a store of two hosts', () => {
  it('is sent six parts at a time by each', async () => {
    const world = worldOfTwo();
    const file = world.start('a', 200 * MiB);
    await settle();
    expect(HOSTS.map((host) => world.inFlightAt(host).length)).toEqual([6, 6]);
    await world.inFlightAt(HOSTS[1])[0]?.succeed();
    expect(HOSTS.map((host) => world.inFlightAt(host).length)).toEqual([6, 6]);
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(new Set(world.sent.map(({ partNumber }) => partNumber)).size).toBe(40);
    expect(world.sent).toHaveLength(40);
  });

  it('has the other host take what the slow one does not', async () => {
    const world = worldOfTwo();
    world.start('a', 200 * MiB);
    await settle();
    for (let i = 0; i < 28; i += 1) await world.inFlightAt(HOSTS[1])[0]?.succeed();
    expect(world.sent.filter(({ url }) => url.startsWith(HOSTS[0]))).toHaveLength(6);
    expect(world.sent).toHaveLength(40);
  });

  it('has one host take all where the other is out of reach, and looks after that one now and then', async () => {
    const world = worldOfTwo();
    const file = world.start('a', 400 * MiB);
    await settle();
    const seconds = 30;
    for (let i = 0; i < seconds; i += 1) {
      for (const part of world.inFlightAt(HOSTS[0])) await part.fail(FAILED);
      expect(world.inFlightAt(HOSTS[1]).length).toBeLessThanOrEqual(6);
      for (const part of world.inFlightAt(HOSTS[1]).slice(0, 2)) await part.succeed();
      await world.clock.pass(1_000);
    }
    const inVain = world.sent.filter(({ url }) => url.startsWith(HOSTS[0])).length;
    expect(inVain).toBeGreaterThan(6);
    expect(inVain).toBeLessThan(40);
    expect(file.now.progress.loaded).toBeGreaterThanOrEqual(2 * seconds * 5 * MiB);
  });

  const forbidden = (host: string) =>
    ({ kind: 'network', hidden: { origin: host, by: 'policy', ms: Number.POSITIVE_INFINITY } }) as const;

  it("has one host take all where the page's policy forbids the other, which is not tried again", async () => {
    const world = worldOfTwo();
    const file = world.start('a', 200 * MiB);
    await settle();
    for (const part of world.inFlightAt(HOSTS[0])) await part.fail(forbidden(HOSTS[0]));
    for (let i = 0; i < 30 && file.now.status !== 'complete'; i += 1) {
      for (const part of world.inFlight()) await part.succeed();
      await world.clock.pass(5_000);
    }
    expect(file.now.status).toBe('complete');
    expect(world.sent.filter(({ url }) => url.startsWith(HOSTS[0]))).toHaveLength(6);
  });

  it("is given up at once where the page's policy forbids both hosts", async () => {
    const world = worldOfTwo();
    const file = world.start('a', 200 * MiB);
    await settle();
    for (const host of HOSTS) for (const part of world.inFlightAt(host)) await part.fail(forbidden(host));
    expect(file.now).toMatchObject({ status: 'failed', error: { code: 'store-unreadable' } });
  });

  it('has small files go by both', async () => {
    const world = worldOfTwo({ kind: 'single' });
    for (let i = 0; i < 20; i += 1) world.start(`${i}`, 1_000);
    await settle();
    expect(HOSTS.map((host) => world.inFlightAt(host).length)).toEqual([6, 6]);
  });

  it('is sent two requests at a time where the person asked for less traffic', async () => {
    const world = createWorld({ hosts: HOSTS, signedAhead: 64 });
    world.savesData = true;
    world.start('a', 200 * MiB);
    await settle();
    expect(world.inFlight()).toHaveLength(2);
  });
});

it('hosts are all used where none is well: it is the network then', () => {
  let now = 0;
  const hosts = createHosts({ now: () => now, after: () => () => {} });
  const request = { method: 'PUT', headers: {}, expiresAt: 0, url: `${HOSTS[0]}/a`, alternatives: [`${HOSTS[1]}/a`] };
  const fail = () => hosts.take(request).release(true);
  expect(hosts.count).toBe(1);
  for (let i = 0; i < 3; i += 1) fail();
  expect(hosts.take(request).url).toBe(`${HOSTS[1]}/a`);
  expect(hosts.count).toBe(1);
  for (let i = 0; i < 3; i += 1) fail();
  expect(hosts.count).toBe(2);
  const answered = hosts.take(request);
  answered.release(false);
  expect(hosts.count).toBe(1);
  expect(hosts.take(request).url).toBe(answered.url);
  now = 10_000;
  expect(hosts.count).toBe(2);
});
