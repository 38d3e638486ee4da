import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Backend, startBackend } from './start-backend.ts';
import type { ListedObject } from './store-reader.ts';

const PAGE = 'http://localhost:5173';

let dataDir: string;
const JSON_TYPE = { 'content-type': 'application/json' };
let backend: Backend;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portage-backend-'));
  backend = await startBackend({ dataDir, origins: [PAGE], signForUppy: true });
});
afterEach(async () => {
  await backend.close();
  await rm(dataDir, { recursive: true });
});

const post = async (path: string, body: object) =>
  (await fetch(backend.apiUrl + path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })).json();

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { files } = await post('/api/uploads/files/create', { files: [{ name, size: bytes.length, type: '' }] });
  const [{ token, requests }] = files;
  const { url, headers } = requests[0].request;
  const stored = await fetch(url, { method: 'PUT', headers, body: bytes });
  const parts = [{ partNumber: 1, etag: stored.headers.get('etag') }];
  const { key } = await post('/api/uploads/files/complete', { token, parts });
  return key;
}

const list = async (): Promise<ListedObject[]> => (await fetch(`${backend.apiUrl}/api/objects`)).json();

describe('the demo API', () => {
  it('lists what was uploaded, hashes it from the store, and deletes it', async () => {
    const bytes = new Uint8Array(randomBytes(300_000));
    const key = await upload('Grüße 🎉.bin', bytes);
    await upload('second.txt', new Uint8Array());
    const listed = await list();
    expect(listed.map(({ name }) => name).sort()).toEqual(['Grüße 🎉.bin', 'second.txt']);
    expect(listed).toContainEqual({
      key,
      name: 'Grüße 🎉.bin',
      size: 300_000,
      lastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      etag: expect.stringMatching(/^"[0-9a-f]{32}-1"$/),
    });

    const object = `${backend.apiUrl}/api/objects/${encodeURIComponent(key)}`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await (await fetch(`${object}/sha256`)).json()).toEqual({ sha256 });
    expect((await fetch(object, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${object}/sha256`)).status).toBe(404);
    expect((await list()).map(({ name }) => name)).toEqual(['second.txt']);
  });

  it('signs for Uppy: a whole multipart upload with presigned URLs alone', async () => {
    const key = 'any key/ü+1.txt';
    const send = async (request: object, body?: string) => {
      const { url } = await post('/api/sign', { key, ...request });
      const { method } = request as { method: string };
      return fetch(url, { method, ...(body !== undefined && { body }) });
    };
    const created = await (await send({ method: 'POST' })).text();
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created)?.[1] ?? '';
    const part = await send({ method: 'PUT', uploadId, partNumber: 1 }, 'hello');
    expect(await (await send({ method: 'GET', uploadId })).text()).toContain('<PartNumber>1</PartNumber>');
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers.get('etag')}</ETag></Part></CompleteMultipartUpload>`;
    expect((await send({ method: 'POST', uploadId }, body)).status).toBe(200);
    expect(await list()).toMatchObject([{ key, name: key, size: 5 }]);
    expect((await send({ method: 'PUT' }, 'single')).status).toBe(200);
    expect((await send({ method: 'DELETE' })).status).toBe(204);
  });

  it.each([
    ['GET', '/api/nothing', undefined, 404],
    ['GET', '/api/objects/a', undefined, 404],
    ['GET', '/api/objects/%FF/sha256', undefined, 400],
    ['POST', '/api/sign', '{}', 400],
    ['POST', '/api/sign', 'x', 400],
    ['POST', '/api/uploads/nothing/create', '{}', 404],
  ])('%s %s is refused', async (method, path, body, status) => {
    const response = await fetch(backend.apiUrl + path, {
      method,
      headers: JSON_TYPE,
      ...(body !== undefined && { body }),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String) } });
  });

  it('lets the pages call that it was told of, by names of this machine', async () => {
    const headers = { origin: PAGE };
    const preflight = await fetch(`${backend.apiUrl}/api/objects/a`, { method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    const response = await fetch(`${backend.apiUrl}/api/objects`, { headers });
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
    const other = await fetch(`${backend.apiUrl}/api/objects`, { headers: { origin: 'https://evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const { port } = new URL(backend.apiUrl);
    const rebound = (path: string, method: string) =>
      new Promise<number | undefined>((resolve) => {
        const headers = { host: 'evil.example', 'content-type': 'application/json' };
        request({ port, host: '127.0.0.1', path, method, headers }, ({ statusCode }) => resolve(statusCode)).end(
          method === 'POST' ? '{}' : undefined,
        );
      });
    expect(await rebound('/api/objects', 'GET')).toBe(403);
    expect(await rebound('/api/uploads/files/create', 'POST')).toBe(403);
  });

  it('signs whatever it is asked for in tests only', async () => {
    await using plain = await startBackend();
    const init = { method: 'POST', body: JSON.stringify({ method: 'PUT', key: 'a' }) };
    expect((await fetch(`${plain.apiUrl}/api/sign`, init)).status).toBe(404);
  });

  it('says that the store is down', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await backend.store.close();
    expect((await fetch(`${backend.apiUrl}/api/objects`)).status).toBe(503);
    const size = 6 * 1024 ** 2;
    const { error } = await post('/api/uploads/files/create', { files: [{ name: 'a', size, type: '', partSize: 1 }] });
    expect(error.code).toBe('store-unavailable');
    expect(logged).toHaveBeenCalledTimes(2);
    logged.mockRestore();
  });
});

describe('an outage', () => {
  const begin = (name: string, headers: Record<string, string> = JSON_TYPE) =>
    fetch(`${backend.apiUrl}/api/outages/${name}`, { method: 'POST', headers, body: '{}' });
  const works = (url: string) =>
    expect.poll(
      () =>
        fetch(url).then(
          () => 'works',
          () => 'gone',
        ),
      { timeout: 10_000 },
    );

  beforeEach(async () => {
    await backend.close();
    backend = await startBackend({ outageSeconds: 1 });
  });

  it('cuts what is under way to the store, lets nothing new through, and ends by itself', async () => {
    const held = backend.store.faults.add({ operation: 'ListBuckets', fault: { kind: 'stall' } });
    const underWay = fetch(backend.s3Endpoint).then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => backend.store.journal.inFlight()).toBe(1);
    expect(await (await begin('plug')).json()).toEqual({ seconds: 1 });
    expect(await underWay).toBe('cut');
    held();
    await expect(fetch(backend.s3Endpoint)).rejects.toThrow();
    // The same one again goes on as it is.
    const { seconds } = await (await begin('plug')).json();
    expect(seconds).toBeLessThan(1);
    await works(backend.s3Endpoint).toBe('works');
  });

  it('closes the listener of the server, and opens it again at the same port', async () => {
    expect((await begin('server')).status).toBe(200);
    const error = await fetch(backend.apiUrl).catch(({ cause }: Error) => cause);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    await works(backend.apiUrl).toBe('works');
    await works(backend.s3Endpoint).toBe('works');
  });

  it('in a tunnel gives no answer, and loses the connection at its end', async () => {
    await begin('tunnel');
    const asked = performance.now();
    await expect(fetch(backend.s3Endpoint)).rejects.toThrow();
    expect(performance.now() - asked).toBeGreaterThan(500);
    await works(backend.s3Endpoint).toBe('works');
  });

  it('of a data center takes the store that was sent to last, and lets the other one be', async () => {
    await backend.close();
    backend = await startBackend({ outageSeconds: 0.2, regions: true });
    const west = backend.west?.endpoint ?? '';
    const create = (more: object) =>
      post('/api/uploads/files/create', { files: [{ name: 'a.txt', size: 1, type: '' }], ...more });
    for (const [region, gone, well] of [
      ['east', backend.s3Endpoint, west],
      ['west', west, backend.s3Endpoint],
    ] as const) {
      const { files } = await create({ region });
      const { url, headers } = files[0].requests[0].request;
      expect((await fetch(url, { method: 'PUT', headers, body: 'a' })).status).toBe(200);
      expect(await (await begin('data-center')).json()).toEqual({ seconds: 1 });
      await expect(fetch(gone)).rejects.toThrow();
      expect((await fetch(well)).status).toBe(403);
      expect((await create({})).files[0].region).toBe(region === 'east' ? 'west' : 'east');
      await works(gone).toBe('works');
    }
  });

  it('of a data center leaves in the list, and to compare, what the other one has', async () => {
    await backend.close();
    backend = await startBackend({ outageSeconds: 1, regions: true });
    const key = await upload('here.txt', new Uint8Array([1, 2, 3]));
    backend.west?.faults.set([{ fault: { kind: 'down' } }]);
    expect((await list()).map(({ name }) => name)).toEqual(['here.txt']);
    expect((await fetch(`${backend.apiUrl}/api/objects/${encodeURIComponent(key)}/sha256`)).status).toBe(200);
  });

  it('is begun by the page alone, and has a name', async () => {
    expect((await begin('plug', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await begin('nothing')).status).toBe(404);
    await works(backend.s3Endpoint).toBe('works');
  });
});

describe('starting', () => {
  it('takes a free port where one is taken, and says so', async () => {
    const lines: string[] = [];
    const { port } = new URL(backend.apiUrl);
    const second = await startBackend({
      apiPort: Number(port),
      s3Port: backend.store.port,
      log: (line) => lines.push(line),
    });
    expect(second.apiUrl).not.toBe(backend.apiUrl);
    expect(lines).toEqual([
      `object store: port ${backend.store.port} is taken; using a free one.`,
      `upload API: port ${port} is taken; using a free one.`,
    ]);
    await second.close();
  });

  it('finds its objects again in the same folder', async () => {
    await upload('kept.txt', new Uint8Array(3));
    await backend.close();
    backend = await startBackend({ dataDir });
    expect(await list()).toMatchObject([{ name: 'kept.txt', size: 3 }]);
  });

  it('goes on with an upload that was created before a restart', async () => {
    const intent = { name: 'a', size: 6 * 1024 ** 2, type: '', partSize: 1 };
    const { files } = await post('/api/uploads/files/create', { files: [intent] });
    await backend.close();
    backend = await startBackend({ dataDir });
    expect(await post('/api/uploads/files/parts', { token: files[0].token })).toEqual({ parts: [] });
  });
});
