import { describe, expect, it } from 'vitest';
import { createWorld, MiB, settle } from '../../test/world.ts';
import type { FirstLook, Range } from '../ports.ts';
import { createProving } from './proving.ts';
import { claim, lookAgain, sampleRanges } from './second-look.ts';

const GiB = 1024 * MiB;
const result = { key: 'k', location: '', etag: undefined };
const first = (noticed: boolean, ranges: readonly Range[] = []): FirstLook => ({
  at: 1_000,
  noticed,
  ranges,
  sample: 0n,
});
const SOME: readonly Range[] = [[0, 10]];

describe('the places that are looked at', () => {
  it('are the start, the middle, the end, and others that nobody can foresee', () => {
    const [a, b] = [sampleRanges(GiB, () => 0.1), sampleRanges(GiB, () => 0.9)];
    expect(a.slice(0, 3)).toEqual(b.slice(0, 3));
    expect(a[0]?.[0]).toBe(0);
    expect(a[2]?.[1]).toBe(GiB);
    expect(a.slice(3)).not.toEqual(b.slice(3));
  });

  it.each([8 * MiB + 1, 100 * MiB, 5 * GiB])('lie inside of a file of %i bytes, a few hundred KiB in all', (size) => {
    for (const random of [() => 0, () => 0.999999]) {
      const ranges = sampleRanges(size, random);
      for (const [start, end] of ranges) {
        expect(Number.isInteger(start) && start >= 0 && start < end && end <= size).toBe(true);
      }
      expect(ranges.reduce((sum, [start, end]) => sum + end - start, 0)).toBeLessThan(400_000);
    }
  });

  it('hit every edit of a sixteenth of the file, wherever it is', () => {
    const size = 96 * MiB;
    for (let run = 0; run < 200; run += 1) {
      const ranges = sampleRanges(size, Math.random);
      const from = Math.floor(Math.random() * ((size * 15) / 16));
      const to = from + size / 16;
      expect(ranges.some(([start, end]) => start < to && end > from)).toBe(true);
    }
  });

  it('are none of a small file', () => {
    expect(sampleRanges(8 * MiB, () => 0.5)).toEqual([]);
  });
});

describe('the second look', () => {
  it.each([
    ['all of a file that nobody watches', first(false, SOME), GiB, true, 60_000, { how: 'whole', within: 59_000 }],
    ['all of it too after a short upload', first(false), MiB, true, 1_001, { how: 'whole', within: 30_000 }],
    ['some places of a file that the browser watches', first(true, SOME), GiB, true, 60_000, { how: 'samples' }],
    ['all of a small one', first(true), MiB, true, 60_000, { how: 'whole', within: 59_000 }],
    ['nothing of a small one that was sent at once', first(true), MiB, true, 2_999, { how: 'none' }],
    ['nothing of a small one that nobody computed a checksum of', first(true), MiB, false, 60_000, { how: 'none' }],
  ] as const)('is at %s', (_, look, size, isSummed, now, expected) => {
    expect(lookAgain(look, size, isSummed, now)).toEqual(expected);
  });

  it('has the result claim no more than was seen', () => {
    const verified = { ...result, verifiedBy: 'CRC64NVME' } as const;
    expect(claim(verified, 'whole', false).verifiedBy).toBe('CRC64NVME');
    expect(claim(verified, 'samples', true).verifiedBy).toBe('CRC64NVME');
    expect(claim(verified, 'samples', false)).toMatchObject({ verifiedBy: 'size', secondLook: 'samples' });
    expect(claim(verified, 'none', false).verifiedBy).toBe('size');
    expect(claim(result, 'none', false)).not.toHaveProperty('verifiedBy');
  });
});

it('has the places read while the browser is asked whether it notices changes: the first part waits for both', async () => {
  const { proving, said, looked } = lookingFirst();
  const begun = proving.begin({ size: GiB, slice: (start, end) => ({ start, end }) });
  expect(looked).toHaveLength(1);
  said(true);
  expect(await begun).toMatchObject({ ok: true, value: { noticed: true, sample: 7n } });
});

/** What looks at a file before it is sent, in a browser that says nothing of changes before `said`. */
function lookingFirst() {
  const looked: (readonly Range[])[] = [];
  let said: (noticed: boolean) => void = () => {};
  const checksums = {
    noticesChanges: () =>
      new Promise<boolean>((resolve) => {
        said = resolve;
      }),
    async sample(_: unknown, ranges: readonly Range[]) {
      looked.push(ranges);
      return { ok: true, value: 7n } as const;
    },
  };
  const ports = { checksums, clock: { now: () => 0 }, random: () => 0.5 } as unknown as Parameters<
    typeof createProving<{ start: number; end: number }>
  >[0];
  return { proving: createProving(ports, () => true), looked, said: (noticed: boolean) => said(noticed) };
}

describe('an upload of a file that nobody watches', () => {
  it('reads all of it again before it is completed, and says so', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.noticesChanges = false;
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.reads).toEqual(['35 samples', 'whole']);
    expect(file.ends).toMatchObject([{ at: 'complete', result: { secondLook: 'whole' } }]);
  });

  it('fails in words where it changed, gives its parts away, and begins anew at a retry', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.noticesChanges = false;
    const file = world.start('a', 20 * MiB);
    await settle();
    world.editFiles();
    await world.drain();
    expect(file.now).toMatchObject({ status: 'failed', error: { code: 'file-changed', retryable: true } });
    expect(world.calls).not.toContain('complete a 4');
    expect(world.calls.at(-1)).toBe('abort a');
    file.upload.retry();
    await settle();
    await world.drain();
    expect(file.now.status).toBe('complete');
  });

  it('leaves nothing in the store where the file cannot be read before its first byte', async () => {
    const world = createWorld();
    world.unreadable = Number.POSITIVE_INFINITY;
    const upload = world.start('a', 20 * MiB);
    await settle();
    expect(upload.now.error?.code).toBe('file-unreadable');
    expect(world.calls).toEqual(['create a', 'abort a']);
    expect(world.sent).toHaveLength(0);
  });

  it('has its checksum computed also where the store computes none', async () => {
    const world = createWorld();
    world.noticesChanges = false;
    const file = world.start('a', 20 * MiB);
    await settle();
    world.editFiles();
    await world.drain();
    expect(file.now.error?.code).toBe('file-changed');
  });

  it('is not waited for longer than its upload took, or half a minute: then it claims less', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.noticesChanges = false;
    world.readingTakes = 60_000;
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    await world.clock.pass(60_000);
    expect(world.reads).toEqual(['35 samples', 'whole', '35 samples']);
    expect(file.ends).toMatchObject([{ at: 'complete', result: { secondLook: 'samples' } }]);
  });

  it('is looked at once, however often the call to complete is made', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.noticesChanges = false;
    world.script('complete', async () => ({ ok: false, failure: { kind: 'network' } }));
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    await world.clock.pass(1_000);
    expect(file.now.status).toBe('complete');
    expect(world.reads).toEqual(['35 samples', 'whole']);
  });
});

describe('an upload of a file that the browser watches', () => {
  it('is looked at in places, before its first part is sent and after its last', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.reads).toEqual(['35 samples', '35 samples']);
    expect(file.ends).toMatchObject([{ at: 'complete', result: { secondLook: 'samples' } }]);
  });

  it('fails where a place has changed', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    world.editFiles();
    await world.drain();
    expect(file.now.error?.code).toBe('file-changed');
    expect(file.now.error?.message).toContain('changed');
  });

  it('fails at once where a part cannot be read for it', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.sent[1]?.fail({ kind: 'changed' });
    expect(file.now.error?.code).toBe('file-changed');
    expect(world.calls.at(-1)).toBe('abort a');
    expect(world.inFlight()).toEqual([]);
  });
});
