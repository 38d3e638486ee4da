import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createMockS3, type MockS3, mockStorage } from '@portage/mock-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JPEG, PDF } from '../../protocol/test/files.ts';
import { BUCKET, JSON_TYPE, SECRET, sendAll } from '../test/harness.ts';

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
  const examples = [...read('README.md').matchAll(/<!-- (\S+\.ts) -->\n\n?```ts\n(.*?)```/gs)];

  it('shows the examples as they are', () => {
    expect(examples.map(([, path]) => path)).toEqual([
      'examples/node-server.ts',
      'examples/web-handler.ts',
      'examples/browser.ts',
      'examples/stored.ts',
      'examples/sweep.ts',
      '../../apps/examples/src/telemetry.ts',
      '../../apps/examples/src/rate-limit.ts',
    ]);
    for (const [, path = '', code] of examples) expect(code).toBe(read(path));
  });

  it('names a test for each promise, and those tests are there', () => {
    const readme = read('README.md');
    const [, promises = '', tests = ''] =
      /## What holds, whatever the browser says\n(.*?)<!-- promises -->\n\n(.*?)\n\n/s.exec(readme) ?? [];
    const rows = [...tests.matchAll(/^- (.*?): \[(\S+)\]\(src\/(\S+)\)\s+› (.*)$/gm)];
    const promised = [...promises.matchAll(/^- \*\*(.*?)\.?\*\*/gm)].map(([, name]) => name);
    expect(rows.map(([, name]) => name)).toEqual(promised);
    for (const [, name, shown, path, title = ''] of rows) {
      expect(shown).toBe(path);
      expect(read(`src/${path}`), name).toContain(title);
    }
  });

  it('has no other code than that', () => {
    expect(read('README.md').match(/```ts/g)).toHaveLength(examples.length);
  });

  it('of the repository begins with the same smallest server', () => {
    expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('examples/node-server.ts')}\`\`\``);
  });
});

/** Uploads one small file by `call`; returns the last response. */
async function upload(
  call: (operation: string, body: object) => Promise<Response>,
  file: { name: string; type: string; content: Uint8Array<ArrayBuffer> },
) {
  const { content, ...intent } = file;
  const created = await call('create', { files: [{ ...intent, size: content.length }] });
  const { files } = await created.json();
  const parts = await sendAll(files[0], content);
  return call('complete', { token: files[0].token, parts });
}

it('the smallest server takes a file, with nothing set up', async () => {
  const { server } = await import('../examples/node-server.ts');
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/uploads/files`;
  const call = (operation: string, body: object) =>
    fetch(`${url}/${operation}`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
  expect((await upload(call, { name: 'a.jpg', type: 'image/jpeg', content: JPEG })).status).toBe(200);
  server.closeAllConnections();
  server.close();
  const { close, store: embedded, bucket } = await mockStorage();
  expect(embedded.objects(bucket)).toMatchObject([{ size: JPEG.length }]);
  await close();
});

it('the smallest server does not start in production', async () => {
  vi.resetModules();
  vi.stubEnv('NODE_ENV', 'production');
  await expect(import('../examples/node-server.ts')).rejects.toMatchObject({ code: 'production' });
  vi.stubEnv('NODE_ENV', 'test');
});

it('the sweep runs, and says what it did', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../examples/sweep.ts');
  expect(log).toHaveBeenCalledWith('0 stale uploads aborted; 0 failed; 0 were gone; not looked through: none');
  log.mockRestore();
});

it('the web-standard handler knows who asks, names the object, and tells the app', async () => {
  const { POST } = await import('../examples/web-handler.ts');
  const as = (user: string) => (operation: string, body: object) =>
    POST(
      new Request(`https://app.example/api/uploads/documents/${operation}`, {
        method: 'POST',
        headers: { ...JSON_TYPE, authorization: user },
        body: JSON.stringify(body),
      }),
    );
  const answer = await upload(as('ann'), { name: 'Vertrag Müller.pdf', type: 'application/pdf', content: PDF });
  expect(answer.status).toBe(200);
  const body = await answer.json();
  expect(body.result).toEqual({ id: 1, savedAt: expect.stringMatching(/^\d{4}-/) });
  const { documents, restrictions, savedAt } = await import('../examples/browser.ts');
  expect(savedAt({ body })).toBe(body.result.savedAt);
  expect(documents).toMatchObject({ endpoint: '/api/uploads', route: 'documents' });
  vi.stubGlobal('fetch', (url: string) => POST(new Request(`https://app.example${url}`)));
  expect(await restrictions()).toEqual({
    maxFileSize: 5 * 1024 ** 3,
    minFileSize: 0,
    maxNumberOfFiles: null, // The route's 100 is of one call: a page makes several.
    allowedFileTypes: ['application/pdf', '.docx'],
  });
  vi.unstubAllGlobals();
  const key = store.objects(BUCKET).find((object) => object.key.startsWith('documents/ann/'))?.key;
  expect(key).toMatch(/\/Vertrag-Muller\.pdf$/);
  const { saved } = await import('../examples/app.ts');
  expect(saved).toEqual([['ann', key, 'Vertrag Müller.pdf', PDF.length]]);
  expect((await as('guest')('create', { files: [] })).status).toBe(401);
  const { openDocument } = await import('../examples/stored.ts');
  const open = (user: string) =>
    openDocument(new Request('https://app.example/open', { headers: { authorization: user } }), key ?? '');
  const shown = await fetch((await open('ann')).headers.get('location') ?? '');
  expect([shown.headers.get('content-disposition'), (await shown.arrayBuffer()).byteLength]).toEqual([
    'inline',
    PDF.length,
  ]);
  await expect(open('guest')).rejects.toMatchObject({ code: 'not-found' });
});
