import { planParts } from '@portage/protocol';
import { describe, expect, it } from 'vitest';
import { createWorld, failed, MiB, settle } from '../../test/world.ts';
import type { Session } from '../vocabulary.ts';
import { encodeCrc64nvme, proofOf } from './checksums.ts';
import { joinCrc64nvme } from './crc64nvme.ts';

const PART = 5 * MiB;
/** What the world's parts add up to. */
const checksumOf = (partNumber: number) => BigInt((partNumber - 1) * PART + 1);
const whole = encodeCrc64nvme(joinCrc64nvme([1, 2, 3, 4].map((n) => ({ checksum: checksumOf(n), length: PART }))));
const mismatch = { kind: 'server', status: 400, code: 'checksum-mismatch', message: '', hint: '' } as const;
const held = (partNumber: number, checksum = checksumOf(partNumber)) => ({
  partNumber,
  etag: `"e${partNumber}"`,
  size: PART,
  checksum: encodeCrc64nvme(checksum),
});

describe('the checksum of the whole file', () => {
  it('is joined from the parts in their order, whichever arrived first, each read once', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of [...world.sent].reverse()) await part.succeed();
    expect(world.proofs).toEqual([whole]);
    expect(world.checksummed).toHaveLength(4);
    expect(file.now.status).toBe('complete');
  });

  it('is that of the part, where there is one: nobody is asked to join it', async () => {
    const join = () => Promise.reject(new Error('There is nothing to join.'));
    const session = { kind: 'multipart', key: 'a', partSize: PART, checksum: 'CRC64NVME' } as unknown as Session;
    const proof = await proofOf(session, planParts(10, PART), new Map([[1, 7n]]), join);
    expect(proof).toEqual({ ok: true, value: { checksum: encodeCrc64nvme(7n) } });
  });

  it('is not computed where the store would not look at it', async () => {
    const world = createWorld();
    world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.checksummed).toEqual([]);
    expect(world.proofs).toEqual([]);
  });

  it('has a damaged part sent again, and no other', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.script('complete', async () => failed(mismatch));
    world.held = [held(1), held(2), held(3, 99n), held(4)];
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 3]);
    expect(world.proofs).toEqual([whole, whole]);
    expect(file.now.status).toBe('complete');
  });

  it.each(['MD5', 'ETag'] as const)(
    'finds a damaged part by its ETag, before it is completed (%s)',
    async (checksum) => {
      const world = createWorld({ checksum });
      const file = world.start('a', 20 * MiB);
      await settle();
      const md5 = (partNumber: number) => `"${checksumOf(partNumber).toString(16).padStart(32, '0')}"`;
      world.held = [1, 2, 3, 4].map((n) => ({ partNumber: n, etag: n === 3 ? md5(9) : md5(n), size: PART }));
      for (const part of world.sent.slice(0, 4)) {
        const etag = part.partNumber === 3 ? md5(9) : md5(part.partNumber);
        await part.answer({ ok: true, value: { etag } });
      }
      await settle();
      expect(world.calls.filter((call) => call.startsWith('complete'))).toEqual([]);
      expect(world.sent.map((part) => part.partNumber)).toEqual([1, 2, 3, 4, 3]);
      await world.sent.at(-1)?.answer({ ok: true, value: { etag: md5(3) } });
      await settle();
      expect(file.ends).toMatchObject([{ at: 'complete', result: { verifiedBy: 'MD5' } }]);
      expect(world.proofs[0]).toMatch(/^[0-9a-f]{32}-4$/);
    },
  );

  it.each([
    ['MD5', '"fedcba9876543210fedcba9876543210"'],
    ['ETag', '"fedcba9876543210fedcba9876543210"'],
    ['MD5', 'W/"0"'],
    ['ETag', '"0-1"'],
  ] as const)('proves nothing by ETags that are no MD5s, and does not fail for it (%s, %s)', async (checksum, etag) => {
    const world = createWorld({ checksum });
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of world.sent.slice(0, 4)) await part.answer({ ok: true, value: { etag } });
    await settle();
    expect(world.sent).toHaveLength(4);
    expect(file.now.status).toBe('complete');
    expect(file.ends[0]).not.toHaveProperty('result.verifiedBy');
  });

  it('proves nothing by checksums of a form that is not that of the whole', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    world.held = [1, 2, 3, 4].map((n) => ({ ...held(n, 99n), checksum: `${held(n, 99n).checksum}-1` }));
    world.script('complete', async () => failed(mismatch));
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    expect(world.sent).toHaveLength(4);
    expect(file.now.status).toBe('complete');
  });

  it('of ETags that must be MD5s, one of the whole that stays wrong is corrupt', async () => {
    const world = createWorld({ checksum: 'MD5' });
    for (let i = 0; i < 5; i += 1) world.script('complete', async () => failed(mismatch));
    world.held = [1, 2, 3, 4].map((n) => ({ partNumber: n, etag: `"${'e'.repeat(32)}"`, size: PART }));
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    for (let i = 0; i < 5; i += 1) await settle();
    expect(file.now.error?.code).toBe('corrupt');
  });

  it('fails as corrupt where the damage stays, and never succeeds', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    for (let i = 0; i < 9; i += 1) world.script('complete', async () => failed(mismatch));
    world.held = [held(1), held(2), held(3), held(4)];
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    for (let i = 0; i < 5; i += 1) await settle();
    expect(file.ends.map((end) => end.at)).toEqual(['failed']);
    expect(file.now.error?.code).toBe('corrupt');
  });

  it('gives away what stays damaged: a retry, or a later page, would go on with it and fail for ever', async () => {
    const world = createWorld({ checksum: 'CRC64NVME' });
    for (let i = 0; i < 3; i += 1) world.script('complete', async () => failed(mismatch));
    // The store says nothing of single parts.
    world.held = [1, 2, 3, 4].map((n) => ({ partNumber: n, etag: '"e"', size: PART }));
    const file = world.start('a', 20 * MiB);
    await settle();
    await world.drain();
    for (let i = 0; i < 5; i += 1) await settle();
    expect(file.now.error?.code).toBe('corrupt');
    expect(world.calls).toContain('abort a');
    file.upload.retry();
    await settle();
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(world.sent).toHaveLength(8);
  });

  it('keeps the other parts where one of them is damaged on its way each time', async () => {
    const world = createWorld();
    const file = world.start('a', 20 * MiB);
    await settle();
    for (const part of world.sent.slice(1)) await part.succeed();
    const damaged = { kind: 'store', status: 400, code: 'BadDigest' } as const;
    for (let times = 0; times < 2; times += 1) {
      await world.sent.at(times === 0 ? 0 : -1)?.fail(damaged);
      await world.clock.pass(0);
    }
    expect(file.now.error?.code).toBe('corrupt');
    expect(world.calls).not.toContain('abort a');
    const before = world.sent.length;
    file.upload.retry();
    await settle();
    await world.drain();
    expect(file.now.status).toBe('complete');
    expect(world.sent.slice(before).map(({ partNumber }) => partNumber)).toEqual([1]);
  });
});
