import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { saved } from '../examples/app.ts';
import { BUCKET, bytesOf, SECRET, send } from '../test/harness.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

let store: MockS3;
beforeAll(async () => {
  store = await createMockS3({ buckets: [BUCKET] });
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  vi.stubEnv('S3_BUCKET', BUCKET);
  vi.stubEnv('S3_ENDPOINT', store.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('UPLOADS_SECRET', SECRET);
  vi.stubEnv('PORT', '0');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

describe('the README', () => {
  const examples = [...read('README.md').matchAll(/<!-- (examples\/\S+) -->\n```ts\n(.*?)```/gs)];

  it('shows the examples as they are', () => {
    expect(examples.map(([, path]) => path)).toEqual(['examples/node-server.ts', 'examples/web-handler.ts']);
    for (const [, path = '', code] of examples) expect(code).toBe(read(path));
  });

  it('has no other code than that', () => {
    expect(read('README.md').match(/```ts/g)).toHaveLength(examples.length);
  });
});

/** Uploads one small file by `call`; returns the last answer. */
async function upload(call: (operation: string, body: object) => Promise<Response>, name: string, type: string) {
  const created = await call('create', { files: [{ name, size: 3, type }] });
  const { files } = await created.json();
  await send(files[0].request, bytesOf(3));
  return call('complete', { token: files[0].token, parts: [] });
}

it('the smallest server takes a photo', async () => {
  const { server } = await import('../examples/node-server.ts');
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos`;
  const call = (operation: string, body: object) =>
    fetch(`${url}/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  expect((await upload(call, 'a.jpg', 'image/jpeg')).status).toBe(200);
  server.closeAllConnections();
  server.close();
});

it('the web-standard handler knows who asks, names the object, and tells the app', async () => {
  const { POST } = await import('../examples/web-handler.ts');
  const as = (user: string) => (operation: string, body: object) =>
    POST(
      new Request(`https://app.example/api/uploads/documents/${operation}`, {
        method: 'POST',
        headers: { authorization: user },
        body: JSON.stringify(body),
      }),
    );
  expect((await upload(as('ann'), 'Vertrag Müller.pdf', 'application/pdf')).status).toBe(200);
  const key = store.objects(BUCKET).find((object) => object.key.startsWith('documents/ann/'))?.key;
  expect(key).toMatch(/\/Vertrag-Muller\.pdf$/);
  expect(saved).toEqual([['ann', key, 'Vertrag Müller.pdf', 3]]);
  expect((await as('guest')('create', { files: [] })).status).toBe(401);
});
