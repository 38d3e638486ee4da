import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { EdgeVM } from '@edge-runtime/vm';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import type { Created, SignedPart } from '@portage/protocol';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const MiB = 1024 * 1024;
const BUCKET = 'examples';
const bytes = new Uint8Array(randomBytes(20 * MiB));
const sha256 = createHash('sha256').update(bytes).digest('hex');

let store: MockS3;
beforeAll(async () => {
  store = await createMockS3({ buckets: [BUCKET] });
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  vi.stubEnv('S3_BUCKET', BUCKET);
  vi.stubEnv('S3_ENDPOINT', store.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('UPLOADS_SECRET', 'a secret of at least thirty-two characters');
  vi.stubEnv('PORT', '0');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store.close();
});

// Each framework gets an upload server of its own.
afterEach(() => vi.resetModules());

type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** Uploads 20 MiB in parts, as a browser would, and looks at what the store holds. */
async function uploadAll(send: Send): Promise<void> {
  const call = async (operation: string, body: object) => {
    const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await send(`/api/uploads/files/${operation}`, init);
    expect(response.status).toBe(200);
    return response.json();
  };
  const file = { name: 'film.bin', size: bytes.length, type: '', partSize: 8 * MiB };
  const { files } = (await call('create', { files: [file] })) as { files: [Created] };
  const [created] = files;
  if (created.kind !== 'multipart') throw new Error('expected a multipart upload');
  const parts = await Promise.all(created.requests.map((part) => put(part, created.partSize)));
  const { key, result } = await call('complete', { token: created.token, parts });
  expect(result).toEqual({ size: bytes.length });
  expect(await store.sha256(BUCKET, key)).toBe(sha256);
}

async function put({ partNumber, request: { method, url, headers } }: SignedPart, partSize: number) {
  const body = bytes.slice((partNumber - 1) * partSize, partNumber * partSize);
  const response = await fetch(url, { method, headers, body });
  return { partNumber, etag: response.headers.get('etag') ?? '' };
}

const TIMEOUT = 60_000;

/** Frameworks that took the file. */
const seen: string[] = [];

describe.each([
  ['Node http', () => import('./node.ts')],
  ['Express 5', () => import('./express.ts')],
  ['Fastify', () => import('./fastify.ts')],
  ['Hono', () => import('./hono.ts')],
])('%s', { timeout: TIMEOUT }, (name, start) => {
  it('takes a file of 20 MiB, says what it takes, and refuses bad bodies', async () => {
    const { server } = await start();
    if (!server.listening) await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const send: Send = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
    await uploadAll(send);
    seen.push(name);
    expect(await (await send('/api/uploads/files')).json()).toMatchObject({ accept: ['*/*'] });
    expect((await send('/api/uploads/healthz')).status).toBe(200);
    const bad = await send('/api/uploads/files/create', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([bad.status, await bad.json()]).toMatchObject([400, { error: { code: 'bad-request' } }]);
    const cross = { method: 'POST', body: '{}', headers: { origin: 'https://evil.example' } };
    expect((await send('/api/uploads/files/create', cross)).status).toBe(403);
    server.close();
  });
});

it('Express with a body parser in front says what is wrong, to the page and to the log', async () => {
  const [{ default: express }, { uploads }, { toNodeHandler }] = await Promise.all([
    import('express'),
    import('./uploads.ts'),
    import('@portage/server/node'),
  ]);
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const app = express();
  app.use(express.json());
  app.use('/api/uploads', toNodeHandler(uploads));
  const server = app.listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/uploads/files/create`;
  const body = JSON.stringify({ files: [{ name: 'a', size: 1, type: '' }] });
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const hint = expect.stringContaining('mount the uploads first');
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'bad-request', hint } }]);
  expect(logged.mock.calls.flat().join()).toContain('Mount the uploads before any body parser');
  logged.mockRestore();
  server.close();
  server.closeAllConnections();
});

it('a web-standard runtime without anything of Node takes a file of 20 MiB', { timeout: TIMEOUT }, async () => {
  const vm = new EdgeVM();
  vm.context['env'] = { ...process.env };
  // One file without imports, as it would be deployed: whatever it needed of Node would be missing here.
  const code = await bundle(new URL('./worker.ts', import.meta.url).pathname);
  expect(code).not.toMatch(/from\s*["']node:|require\(/);
  vm.evaluate(code);
  const { worker, Request: WorkerRequest } = vm.context as unknown as {
    worker: { fetch(request: Request, env: object): Promise<Response> };
    Request: typeof Request;
  };
  const send: Send = (path, init) =>
    worker.fetch(new WorkerRequest(`http://edge.example${path}`, init), vm.context['env']);
  await uploadAll(send);
  seen.push('worker');
  expect(await (await send('/api/uploads/files')).json()).toMatchObject({ accept: ['*/*'] });
  const picture = { files: [{ name: 'a.png', type: 'image/png', size: 5 }] };
  const { files } = await (await send('/api/uploads/pictures/create', post(picture))).json();
  const [{ token, requests }] = files;
  const { method, url, headers } = requests[0].request;
  const etag = (await fetch(url, { method, headers, body: '<svg>' })).headers.get('etag');
  const parts = [{ partNumber: 1, etag }];
  expect((await send('/api/uploads/pictures/complete', post({ token, parts }))).status).toBe(415);
});

const post = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@portage/source', 'worker', 'import', 'module', 'default'] },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'worker', fileName: 'worker' } },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

it('the route handler of Next.js takes a file of 20 MiB', { timeout: TIMEOUT }, async () => {
  const { GET, POST } = await import('../nextjs/app/api/uploads/[...path]/route.ts');
  await uploadAll((path, init) => POST(new Request(`http://next.example${path}`, init)));
  seen.push('Next.js');
  expect((await GET(new Request('http://next.example/api/uploads/files'))).status).toBe(200);
});

it('the table in the README is what was seen here', () => {
  const readme = readFileSync(new URL('../../../packages/server/README.md', import.meta.url), 'utf8');
  const table = readme.split('<!-- frameworks -->')[1]?.split('\n\n', 2).join('\n') ?? '';
  const rows = [...table.matchAll(/^\| \[([^\]]+)\].*\| +stored byte for byte +\|$/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(seen.toSorted());
});
