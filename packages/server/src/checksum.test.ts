/** The store compares a checksum of the whole object with what the browser announced, and the server tells. */

import { createMockS3 } from '@portage/mock-s3';
import type { Created } from '@portage/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUCKET, bytesOf, file, MiB, startServer } from '../test/harness.ts';
import { s3 } from './index.ts';

const bytes = bytesOf(11 * MiB);
const store = await createMockS3({ buckets: [BUCKET] });
const { endpoint, region, credentials } = store;
const storage = s3({ endpoint, region, bucket: BUCKET, credentials: credentials[0], profile: 'mock' });
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer({ storage });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
});

/** Creates an upload and stores all its parts. */
async function send(content = bytes) {
  const created = await server.create(file('film.mov', bytes.length, { partSize: 5 * MiB }));
  if (created.kind !== 'multipart') throw new Error('not multipart');
  const parts = await Promise.all(
    created.requests.map(async ({ partNumber, request }) => {
      const start = (partNumber - 1) * created.partSize;
      const body = content.slice(start, start + created.partSize);
      const answer = await fetch(request.url, { method: request.method, headers: request.headers, body });
      return { partNumber, etag: answer.headers.get('etag') ?? '' };
    }),
  );
  return { created, parts };
}

const complete = (created: Created, parts: unknown, checksum?: string) =>
  server.post<{ verifiedBy?: string }>('/files/complete', {
    token: created.token,
    parts,
    ...(checksum && { checksum }),
  });

/** What the store itself says of these bytes. */
async function storesOwn(): Promise<string> {
  const { created, parts } = await send();
  expect(await complete(created, parts)).toMatchObject({ status: 200, body: { verifiedBy: 'size' } });
  return (await storage.headObject(created.key))?.checksum ?? '';
}

it('asks the browser for it, and is content when it fits', { timeout: 60_000 }, async () => {
  const checksum = await storesOwn();
  expect(checksum).toMatch(/^[A-Za-z0-9+/]{11}=$/);
  const { created, parts } = await send();
  expect(created).toMatchObject({ checksum: 'CRC64NVME' });
  expect(await complete(created, parts, checksum)).toMatchObject({ status: 200, body: { verifiedBy: 'CRC64NVME' } });
  expect(await complete(created, parts, checksum), 'again').toMatchObject({ body: { verifiedBy: 'CRC64NVME' } });
});

it('refuses other bytes, and tells what each part holds, so that one alone can be sent again', {
  timeout: 60_000,
}, async () => {
  const checksum = await storesOwn();
  const damaged = Uint8Array.from(bytes);
  damaged[6 * MiB] = (damaged[6 * MiB] ?? 0) ^ 1;
  const { created, parts } = await send(damaged);
  const refused = await complete(created, parts, checksum);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'checksum-mismatch' } } });
  const { body } = await server.post<{ parts: { checksum?: string }[] }>('/files/parts', { token: created.token });
  const whole = await send();
  const sound = await server.post<{ parts: { checksum?: string }[] }>('/files/parts', { token: whole.created.token });
  const differ = body.parts.map((part, index) => part.checksum !== sound.body.parts[index]?.checksum);
  expect(differ).toEqual([false, true, false]);
});
