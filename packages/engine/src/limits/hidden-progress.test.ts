import { describe, expect, it } from 'vitest';
import { createWorld, MiB, settle } from '../../test/world.ts';
import { blindTimeout } from './timeouts.ts';

const worker = { is: 'a service worker' };

function createHidingWorld({ between }: { between: unknown } = { between: worker }) {
  const world = createWorld({ hidesProgress: true, partSize: 16 * MiB });
  world.between = between;
  return world;
}

describe('where a request shows no progress', () => {
  it('a slow part is waited for by its size, and nothing is sent beside it', async () => {
    for (const between of [worker, undefined]) {
      const world = createHidingWorld({ between });
      const file = world.start('a', 32 * MiB);
      await settle();
      await world.clock.pass(186_000);
      expect(world.sent).toHaveLength(2);
      for (const part of world.inFlight()) await part.succeed();
      expect(file.now.status).toBe('complete');
      expect(world.sent).toHaveLength(2);
      expect(world.clock.pending).toBe(0);
    }
  });

  it('a part counts when it is stored, and until the first is, the snapshot says that there is nothing to show', async () => {
    const world = createHidingWorld();
    const file = world.start('a', 32 * MiB);
    await settle();
    await world.clock.pass(4_000);
    expect(file.now.progress.unseen, 'may still show something').toBeUndefined();
    await world.clock.pass(2_000);
    expect(file.now.progress).toMatchObject({ unseen: true, loaded: 0 });
    await world.sent[0]?.succeed();
    expect(file.now.progress).toMatchObject({ loaded: 16 * MiB, percent: 50 });
    expect(file.now.progress.unseen).toBeUndefined();
    const next = world.start('b', 32 * MiB);
    await settle();
    expect(next.now.progress.unseen, 'known from the file before').toBe(true);
  });

  it('a dead connection ends in bounded time, and its part is sent anew', async () => {
    const world = createHidingWorld();
    const file = world.start('a', 16 * MiB + 1);
    await settle();
    await world.sent[1]?.succeed();
    let seconds = 0;
    for (; world.sent.length === 2 && seconds < 3_600; seconds += 10) await world.clock.pass(10_000);
    expect(seconds).toBeLessThanOrEqual(610);
    expect(world.sent.map((part) => part.aborted)).toEqual([true, false, false]);
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it.each([1, 5, 16, 64])(
    'a link that is dead from the first request on is told after a quarter of an hour, with parts of %i MiB',
    async (part) => {
      const world = createWorld({ hidesProgress: true, partSize: part * MiB });
      const file = world.start('a', 4 * part * MiB);
      const begun = world.clock.time;
      const minutes = () => (world.clock.time - begun) / 60_000;
      await settle();
      while (!world.sent[0]?.aborted && minutes() < 60) await world.clock.pass(1_000);
      expect(minutes(), 'another connection is tried').toBeLessThan(4.1);
      while (file.now.status !== 'failed' && minutes() < 60) await world.clock.pass(1_000);
      expect(file.now.error).toMatchObject({ code: 'no-progress' });
      expect(minutes()).toBeGreaterThan(15);
      expect(minutes()).toBeLessThan(19.1);
    },
  );

  it('one byte that moves shows that it does not hide: then a silent part gets its second attempt as usual', async () => {
    const world = createHidingWorld();
    world.start('a', 32 * MiB);
    await settle();
    await world.sent[1]?.succeed();
    await world.clock.pass(20_000);
    world.sent[0]?.progress(1);
    await world.clock.pass(130_000);
    expect(world.sent.length).toBeGreaterThan(2);
  });

  it('a service worker that takes over later is asked anew', async () => {
    const world = createHidingWorld({ between: undefined });
    world.start('a', 16 * MiB);
    await settle();
    world.sent[0]?.progress(16 * MiB);
    await world.sent[0]?.succeed();
    world.between = worker;
    const file = world.start('b', 16 * MiB);
    await settle();
    await world.clock.pass(40_000);
    expect(world.sent).toHaveLength(2);
    expect(file.now.progress.unseen).toBe(true);
  });

  it('parts are as small as can be until something is known of the link', async () => {
    for (const [between, partSize] of [
      [worker, 6 * MiB],
      [undefined, 8 * MiB],
    ] as const) {
      const world = createHidingWorld({ between });
      world.start('a', 192 * MiB, { adaptPartSize: true });
      await settle();
      expect(world.intents[0]?.partSize).toBe(partSize);
    }
  });

  it('the wait goes by size, then by the rate that answers have shown, and is never longer than ten minutes, or four', () => {
    expect(blindTimeout(1_000, 0, 0, true)).toBe(30_000);
    expect(blindTimeout(3_200_000, 0, 0, true)).toBe(200_000);
    expect(blindTimeout(3_200_000, 0, 0, false)).toBe(50_000);
    expect(blindTimeout(8_000_000, 100_000, 0, true)).toBe(320_000);
    expect(blindTimeout(8_000_000, 100_000, 1, true)).toBe(600_000);
    expect(blindTimeout(64 * MiB, 0, 0, true)).toBe(600_000);
    expect(blindTimeout(64 * MiB, 0, 0, false)).toBe(240_000);
  });
});
