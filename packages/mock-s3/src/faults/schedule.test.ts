import { expect, test } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import { Client } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import { PROFILE_NAMES } from './profiles/network-profiles.ts';
import type { FaultRule } from './rule.ts';

const RULES: readonly FaultRule[] = [
  { operation: 'UploadPart', probability: 0.2, fault: { kind: 'reset_peer', afterBytes: 100 } },
  { operation: 'UploadPart', probability: 0.2, fault: { kind: 'error', code: 'SlowDown' } },
  { operation: ['UploadPart', 'CompleteMultipartUpload'], probability: 0.2, fault: { kind: 'lost_reply' } },
  { fault: { kind: 'latency', ms: 2, jitter: 2 } },
];

/** Uploads three objects of six parts, all at once, each request as often as it takes; says what happened. */
async function run(seed: number, name: string): Promise<readonly string[]> {
  await using store = await createMockS3({ buckets: ['uploads'], minPartSize: 1, faults: { seed, rules: RULES } });
  const client = new Client(store);
  const persist = async (request: () => Promise<Response>): Promise<Response> => {
    for (;;) {
      const response = await request().catch(() => undefined);
      if (response?.ok) return response;
    }
  };
  const paths = [1, 2, 3].map((n) => `uploads/${name}-${n}`);
  const ids: string[] = [];
  // One after the other, as a client creates its uploads; all else goes on at once.
  for (const path of paths) ids.push(await client.createUpload(path));
  await Promise.all(
    paths.map(async (path, index) => {
      const uploadId = ids[index] ?? '';
      const numbers = [1, 2, 3, 4, 5, 6];
      const parts = numbers.map(async (n) => {
        const response = await persist(() => client.uploadPart(path, uploadId, n, 'x'.repeat(500)));
        return [n, response.headers.get('etag')] as const;
      });
      const named = await Promise.all(parts);
      await persist(() => client.complete(path, uploadId, named));
    }),
  );
  expect(store.objects('uploads')).toHaveLength(3);
  return store.journal.transcript().map((line) => line.replaceAll(name, 'key'));
}

test('the same seed gives the same journal, three times, whatever the keys are called', async () => {
  const [first, ...others] = [await run(7, 'one'), await run(7, 'two'), await run(7, 'three')];
  expect(first?.some((line) => line.includes('reset_peer'))).toBe(true);
  expect(first?.some((line) => line.includes('SlowDown'))).toBe(true);
  for (const other of others) expect(other).toEqual(first);
  expect(await run(8, 'one')).not.toEqual(first);
}, 30_000);

test('aims by bucket, key, part number, attempt and count', async () => {
  const { client, store } = await startStore({
    buckets: ['uploads', 'others'],
    faults: [
      { bucket: 'others', fault: { kind: 'error', code: 'InternalError' } },
      { key: 'photos/*.jpg', nth: [2, 3], fault: { kind: 'error', code: 'SlowDown' } },
      { key: '*b*c', fault: { kind: 'error', code: 'AccessDenied' } },
    ],
  });
  for (const path of ['others/a', 'uploads/photos/1.png', 'uploads/abc', 'uploads/ab']) await client.put(path, 'x');
  for (const n of [1, 2, 3, 4]) await client.put(`uploads/photos/${n}.jpg`, 'x');
  const refused = store.journal.requests().filter(({ faults }) => faults.length > 0);
  expect(refused.map(({ key }) => key)).toEqual(['a', 'abc', 'photos/2.jpg', 'photos/3.jpg']);
});

test('a rule that was added can be taken away again', async () => {
  const { client, store } = await startStore({ faults: 'lte' });
  const remove = store.faults.add({ fault: { kind: 'error', code: 'SlowDown' } });
  expect((await client.put('uploads/a', 'x')).status).toBe(503);
  expect(store.faults.schedule).toMatchObject({ profile: 'lte', rules: [{ fault: { code: 'SlowDown' } }] });
  remove();
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
  expect(store.faults.schedule).toEqual({ profile: 'lte' });
});

test.each(PROFILE_NAMES)('the profile %s lets a small upload through in the end', async (profile) => {
  const { client, store } = await startStore({ faults: profile });
  for (let tries = 0; tries < 5 && store.objects('uploads').length === 0; tries++) {
    await client.put('uploads/a', 'x').catch(() => undefined);
  }
  expect(store.objects('uploads')).toHaveLength(1);
});

test('says what is wrong with faults', async () => {
  await expect(createMockS3({ faults: 'dial-up' as 'lte' })).rejects.toMatchObject({
    code: 'invalid-option',
    message: expect.stringContaining('fast-3g'),
  });
  const { store } = await startStore();
  const kind = 'nonsense' as 'down';
  expect(() => store.faults.set([{ fault: { kind } }])).toThrow('no faults');
  expect(() => store.faults.add({ probability: 2, fault: { kind: 'down' } })).toThrow('probability');
});
