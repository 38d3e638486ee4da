import { describe, expect, it } from 'vitest';
import { createWorld, MiB, settle } from '../test/world.ts';
import { createNames } from './names.ts';

const NAMES = ['https://one.test', 'https://two.test'] as const;
const FAILED = { kind: 'network' } as const;

function worldOfTwo(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld({ names: NAMES, signedAhead: 64, ...options });
  const inFlightAt = (name: string) => world.inFlight().filter(({ url }) => url.startsWith(name));
  return { ...world, inFlightAt };
}

describe('a store of two names', () => {
  it('is sent six parts at a time by each', async () => {
    const world = worldOfTwo();
    const file = world.start('a', 200 * MiB);
    await settle();
    expect(NAMES.map((name) => world.inFlightAt(name).length)).toEqual([6, 6]);
    await world.inFlightAt(NAMES[1])[0]?.succeed();
    expect(NAMES.map((name) => world.inFlightAt(name).length)).toEqual([6, 6]);
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(new Set(world.sent.map(({ partNumber }) => partNumber)).size).toBe(40);
    expect(world.sent).toHaveLength(40);
  });

  it('of which one is slow has the other take what it does not', async () => {
    const world = worldOfTwo();
    world.start('a', 200 * MiB);
    await settle();
    for (let i = 0; i < 28; i += 1) await world.inFlightAt(NAMES[1])[0]?.succeed();
    expect(world.sent.filter(({ url }) => url.startsWith(NAMES[0]))).toHaveLength(6);
    expect(world.sent).toHaveLength(40);
  });

  it('of which one is out of reach has the other take all, and looks after it now and then', async () => {
    const world = worldOfTwo();
    const file = world.start('a', 400 * MiB);
    await settle();
    const seconds = 30;
    for (let i = 0; i < seconds; i += 1) {
      for (const part of world.inFlightAt(NAMES[0])) await part.fail(FAILED);
      expect(world.inFlightAt(NAMES[1]).length).toBeLessThanOrEqual(6);
      for (const part of world.inFlightAt(NAMES[1]).slice(0, 2)) await part.succeed();
      await world.clock.pass(1_000);
    }
    const inVain = world.sent.filter(({ url }) => url.startsWith(NAMES[0])).length;
    expect(inVain).toBeGreaterThan(6);
    expect(inVain).toBeLessThan(40);
    expect(file.now.progress.loaded).toBeGreaterThanOrEqual(2 * seconds * 5 * MiB);
  });

  it('has small files go by both', async () => {
    const world = worldOfTwo({ kind: 'single' });
    for (let i = 0; i < 20; i += 1) world.start(`${i}`, 1_000);
    await settle();
    expect(NAMES.map((name) => world.inFlightAt(name).length)).toEqual([6, 6]);
  });

  it('is sent two requests at a time where the person asked for less traffic', async () => {
    const world = createWorld({ names: NAMES, signedAhead: 64 });
    world.savesData = true;
    world.start('a', 200 * MiB);
    await settle();
    expect(world.inFlight()).toHaveLength(2);
  });
});

it('names are all used where none is well: it is the network then', () => {
  let now = 0;
  const names = createNames({ now: () => now, after: () => () => {} });
  const request = { method: 'PUT', headers: {}, expiresAt: 0, url: `${NAMES[0]}/a`, alternatives: [`${NAMES[1]}/a`] };
  const fail = () => names.take(request).release(true);
  expect(names.count).toBe(1);
  for (let i = 0; i < 3; i += 1) fail();
  expect(names.take(request).url).toBe(`${NAMES[1]}/a`);
  expect(names.count).toBe(1);
  for (let i = 0; i < 3; i += 1) fail();
  expect(names.count).toBe(2);
  const answered = names.take(request);
  answered.release(false);
  expect(names.count).toBe(1);
  expect(names.take(request).url).toBe(answered.url);
  now = 10_000;
  expect(names.count).toBe(2);
});
