import { describe, expect, it } from 'vitest';
import { createWorld, MiB, type SentPart, settle, type WorldOptions } from '../../test/world.ts';
import { encodeCrc64nvme } from '../checksums/checksums.ts';
import { BUDGET, nextBudget } from './small-requests.ts';

const KB = 1_000;

/** Many small files. A test says when each of their requests moves. */
async function small(options: WorldOptions = {}, size = 10 * KB, count = 400) {
  const world = createWorld({ concurrency: undefined, kind: 'single', hidesProgress: true, ...options });
  for (let i = 0; i < count; i += 1) world.start(`${i}`, size);
  await settle();
  /** As a browser has it over HTTP/1.1: six move, and one more with each response. */
  const browser = {
    moving: new Set<SentPart>(),
    fill(connections = 6) {
      for (const sent of world.inFlight()) {
        if (browser.moving.size < connections && !browser.moving.has(sent)) {
          browser.moving.add(sent);
          sent.progress(size);
        }
      }
    },
    async answer() {
      const [first] = browser.moving;
      if (!first) throw new Error('Nothing moves.');
      browser.moving.delete(first);
      await first.succeed();
      browser.fill();
    },
  };
  return { ...world, browser };
}

describe('small files', () => {
  it('are sent two more at a time than a browser has connections, to see whether those move', async () => {
    const world = await small();
    expect(world.inFlight()).toHaveLength(8);
    world.browser.fill();
    expect(world.inFlight()).toHaveLength(8);
  });

  it('go a hundred at a time where eight move at once', async () => {
    const world = await small();
    world.browser.fill(8);
    await world.inFlight()[0]?.succeed();
    expect(world.inFlight()).toHaveLength(100);
  });

  it('go six at a time where no more than six ever move at once', async () => {
    const world = await small();
    world.browser.fill();
    for (let i = 0; i < 12; i += 1) await world.browser.answer();
    for (let i = 0; i < 20; i += 1) {
      await world.browser.answer();
      expect(world.inFlight()).toHaveLength(6);
    }
  });

  it('go a hundred at a time at once where the upload server says that the store speaks HTTP/2, until it shows that it does not', async () => {
    const world = await small({ http2: true });
    expect(world.inFlight()).toHaveLength(100);
    world.browser.fill();
    for (let i = 0; i < 12; i += 1) await world.browser.answer();
    while (world.inFlight().length > 6) await world.browser.answer();
    await world.browser.answer();
    expect(world.inFlight()).toHaveLength(6);
  });

  it.each<[string, WorldOptions]>([
    ['the app has chosen a concurrency', { concurrency: 6 }],
    ['the store is reached without TLS: browsers speak HTTP/1.1 then', { hosts: ['http://store.test'] }],
    ['there is a bandwidth limit', { bandwidthLimit: 100 * MiB }],
  ])('go six at a time where %s', async (_, options) => {
    const world = await small({ http2: true, ...options });
    world.browser.fill(100);
    await world.browser.answer();
    await world.clock.pass(100);
    expect(world.inFlight()).toHaveLength(6);
  });

  it('of 1 MiB are six at once, and as many more as have moved and wait for their responses alone, up to a budget', async () => {
    const world = await small({ http2: true }, MiB);
    expect(world.inFlight()).toHaveLength(6);
    world.browser.fill(6);
    expect(world.inFlight()).toHaveLength(6 + BUDGET / MiB);
    await world.inFlight()[0]?.succeed();
    // The response was a fast one: the budget has grown by what it was for.
    expect(world.inFlight()).toHaveLength(6 + BUDGET / MiB);
  });

  it('leave the link to others byte by byte, not only when they are answered', async () => {
    const world = await small({ http2: true }, 100 * KB);
    const first = world.inFlight();
    expect(first).toHaveLength(Math.floor(BUDGET / (100 * KB)));
    for (const sent of first) sent.progress(50 * KB);
    expect(world.inFlight().length).toBeGreaterThanOrEqual(1.5 * first.length - 1);
    // Two that fail half-way leave room for one.
    const before = world.inFlight().length;
    for (const sent of first.slice(0, 2)) await sent.fail({ kind: 'store', status: 400, code: 'Refused' });
    expect(world.inFlight()).toHaveLength(before - 1);
  });

  it('are no more in flight than four budgets where something on the way takes their bodies at once, and fewer where it is slow', async () => {
    const size = 256 * 1024;
    const world = await small({ http2: true }, size);
    /** Everything that is sent has moved, and one request is answered each second. */
    const second = async () => {
      world.browser.fill(100);
      await world.clock.pass(1_000);
      await world.browser.answer();
    };
    await second();
    expect(world.inFlight().length * size).toBeLessThanOrEqual(4 * BUDGET + size);
    for (let seconds = 0; seconds < 90; seconds += 1) await second();
    expect(world.inFlight().length).toBeLessThanOrEqual(8);
  });

  it('are fewer at once where the store asks for less, until it has room again', async () => {
    const world = await small({ http2: true });
    world.browser.fill(100);
    await world.inFlight()[0]?.fail({ kind: 'store', status: 503, code: 'SlowDown' });
    while (world.inFlight().length > 5) await world.inFlight()[0]?.succeed();
    expect(world.inFlight().length).toBeLessThan(6);
    await world.clock.pass(10_000);
    await world.inFlight()[0]?.succeed();
    expect(world.inFlight().length).toBeGreaterThan(50);
  });

  it('that wait in the browser are not silent, however slow those before them are', async () => {
    const world = await small();
    for (let second = 0; second < 120; second += 5) {
      for (const sent of world.inFlight().slice(0, 6)) sent.progress(100 + second);
      await world.clock.pass(5_000);
    }
    expect(world.sent).toHaveLength(8);
    expect(world.sent.some(({ aborted }) => aborted)).toBe(false);
  });
});

describe('small files that may travel together', () => {
  const HTTP = ['http://store.test'] as const;

  it('are handed over by hundreds over HTTP/1.1, and those of a large file are six as ever', async () => {
    const world = await small({ packs: true, hosts: HTTP }, 10 * KB, 1_000);
    expect(world.inFlight().every(({ pack }) => pack !== undefined)).toBe(true);
    expect(world.inFlight().length).toBeGreaterThan(500);
    const large = createWorld({ concurrency: undefined, hosts: HTTP, signedAhead: 64 });
    large.start('film', 400 * MiB);
    await settle();
    expect(large.inFlight()).toHaveLength(6);
  });

  it('go by themselves over HTTPS until six were seen to move at once, and for ever where all do', async () => {
    const six = await small({ packs: true });
    expect(six.inFlight().map(({ pack }) => pack)).toEqual(Array(8).fill(undefined));
    six.browser.fill();
    for (let i = 0; i < 16; i += 1) await six.browser.answer();
    expect(six.inFlight().filter(({ pack }) => pack !== undefined).length).toBeGreaterThan(100);
    const many = await small({ packs: true });
    for (const sent of many.inFlight()) sent.progress(10);
    for (let i = 0; i < 50; i += 1) await many.inFlight()[0]?.succeed();
    expect(many.inFlight().length).toBeGreaterThan(20);
    expect(many.sent.some(({ pack }) => pack !== undefined)).toBe(false);
  });

  it('are as few as the app wants, and go as slowly as it wants', async () => {
    expect((await small({ packs: true, hosts: HTTP, concurrency: 3 })).inFlight()).toHaveLength(3);
    const limited = await small({ packs: true, hosts: HTTP, bandwidthLimit: 100 * KB });
    expect(limited.inFlight().length).toBeLessThanOrEqual(6);
  });

  it('are never silent while they are together, and are once they go by themselves', async () => {
    const world = await small({ packs: true, hosts: HTTP }, 10 * KB, 20);
    await world.clock.pass(119_000);
    expect(world.sent).toHaveLength(20);
    expect(world.sent.some(({ aborted }) => aborted)).toBe(false);
    world.sent[0]?.alone?.();
    world.sent[0]?.progress(1);
    await world.clock.pass(60_000);
    expect(world.sent.length).toBeGreaterThan(20);
  });

  it('are read once: who sends them together tells their checksums, and those of the others are computed', async () => {
    const world = createWorld({ packs: true, hosts: HTTP, checksum: 'CRC64NVME' });
    for (const name of ['a', 'b']) world.start(name, 10 * KB);
    await settle();
    expect(world.checksummed).toHaveLength(0);
    const [together, alone] = world.sent;
    alone?.alone?.();
    expect(world.checksummed).toHaveLength(1);
    await together?.answer({ ok: true, value: { etag: '"e"', checksum: 7n } });
    await alone?.succeed();
    // A part that starts at 0 adds up to 1 in this world.
    expect(world.proofs).toEqual([7n, 1n].map(encodeCrc64nvme));
    expect(world.checksummed).toHaveLength(1);
  });

  it('that cannot be read end in words once they go by themselves, though their request waits for bytes', async () => {
    const world = createWorld({ packs: true, hosts: HTTP, checksum: 'CRC64NVME' });
    world.unreadable = 1;
    const file = world.start('a', 10 * KB);
    await settle();
    expect(file.now.status).toBe('uploading');
    world.sent[0]?.alone?.();
    await settle();
    expect(file.now).toMatchObject({ status: 'failed', error: { code: 'file-unreadable' } });
  });

  it('are made known by the backend: what has no word for it goes by itself', async () => {
    const world = await small({ packs: false, hosts: HTTP });
    expect(world.inFlight()).toHaveLength(6);
  });
});

it('parts of a large file go six at a time, whatever the store speaks', async () => {
  const world = createWorld({ concurrency: undefined, http2: true, signedAhead: 64 });
  world.start('film', 400 * MiB);
  await settle();
  await world.inFlight()[0]?.succeed();
  expect(world.inFlight()).toHaveLength(6);
});

it('bytes in flight double with each round on a fast link, and come down to a few files on a slow one', () => {
  const round = (budget: number, ms: number) => {
    let next = budget;
    for (let sent = 0; sent < budget; sent += 100 * KB) next = nextBudget(next, 100 * KB, ms);
    return next;
  };
  const fast = round(BUDGET, 400);
  expect(fast).toBeGreaterThanOrEqual(2 * BUDGET);
  expect(round(round(fast, 800), 1_200)).toBe(16 * MiB);
  // 4 MiB take half a minute at 1 Mbit/s.
  expect(round(BUDGET, 32_000)).toBeLessThan(MiB);
  expect(round(BUDGET, 3_000)).toBe(BUDGET);
});
