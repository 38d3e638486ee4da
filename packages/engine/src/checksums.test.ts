import { describe, expect, it } from 'vitest';
import { createWorld, failed, MiB, settle } from '../test/world.ts';
import { encodeCrc64nvme, joinCrc64nvme } from './crc64nvme.ts';

const PART = 5 * MiB;
/** What the world's parts add up to. */
const sumOf = (partNumber: number) => BigInt((partNumber - 1) * PART + 1);
const whole = encodeCrc64nvme(joinCrc64nvme([1, 2, 3, 4].map((n) => ({ crc: sumOf(n), length: PART }))));
const mismatch = { kind: 'server', status: 400, code: 'checksum-mismatch', message: '', hint: '' } as const;
const held = (partNumber: number, sum = sumOf(partNumber)) => ({
  partNumber,
  etag: `"e${partNumber}"`,
  size: PART,
  checksum: encodeCrc64nvme(sum),
});

describe('the checksum of the whole file', () => {
  it('is joined from the parts in their order, whichever arrived first, each read once', async () => {
    const world = createWorld({ checksum: true });
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of [...world.sent].reverse()) await part.succeed();
    expect(world.checksums).toEqual([whole]);
    expect(world.digested).toHaveLength(4);
    expect(file.now.status).toBe('complete');
  });

  it('is not computed where the store would not look at it', async () => {
    const world = createWorld();
    world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.digested).toEqual([]);
    expect(world.checksums).toEqual([]);
  });

  it('has a damaged part sent again, and no other', async () => {
    const world = createWorld({ checksum: true });
    world.script('complete', async () => failed(mismatch));
    world.held = [held(1), held(2), held(3, 99n), held(4)];
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 3]);
    expect(world.checksums).toEqual([whole, whole]);
    expect(file.now.status).toBe('complete');
  });

  it('fails as corrupt where the damage stays, and never succeeds', async () => {
    const world = createWorld({ checksum: true });
    for (let i = 0; i < 9; i += 1) world.script('complete', async () => failed(mismatch));
    world.held = [held(1), held(2), held(3), held(4)];
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    for (let i = 0; i < 5; i += 1) await settle();
    expect(file.ends.map((end) => end.at)).toEqual(['failed']);
    expect(file.now.error?.code).toBe('corrupt');
  });
});
