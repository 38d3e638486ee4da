/** Same-origin pages behind the proxies that people have, as these were seen to change a call. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { file, type Harness, SECRET, startServer } from '../../test/harness.ts';
import { createUploads, s3 } from '../index.ts';

let server: Harness | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

const storage = s3({
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  credentials: { accessKeyId: 'a', secretAccessKey: 's' },
});

/** The status of a call as it comes through a proxy, by its headers. */
async function call(headers: Record<string, string>, { trustProxy = false } = {}) {
  const uploads = createUploads({ storage, secret: SECRET, trustProxy, routes: { files: { anonymous: true } } });
  const { host = 'inside:3000', ...others } = headers;
  // What a route takes is told without a store.
  const request = new Request(`http://${host}/files`, { headers: others });
  const response = await uploads(request);
  return { status: response.status, allows: response.headers.get('access-control-allow-origin') };
}

describe('a page of the same origin', () => {
  it.each([
    ['`Host $http_host`', { host: 'app.example:8080', origin: 'http://app.example:8080' }],
    ['`Host $host`, which drops the port', { host: 'app.example', origin: 'http://app.example:8080' }],
    ['a Host with the port that https implies', { host: 'app.example:443', origin: 'https://app.example' }],
    [
      'another Host, in a browser that tells',
      { host: 'inside:3000', origin: 'https://app.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('may call: %s', async (_, headers) => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(await call(headers)).toEqual({ status: 200, allows: null });
  });

  it.each([
    ['X-Forwarded-Host', { 'x-forwarded-host': 'app.example:8080' }],
    ['a list', { 'x-forwarded-host': 'app.example:8080, inside:3000' }],
    ['X-Forwarded-Port beside it', { 'x-forwarded-host': 'app.example', 'x-forwarded-port': '8080' }],
    ['Forwarded', { forwarded: 'for=192.0.2.7;host="app.example:8080";proto=http' }],
  ])('may call where the proxy is trusted: %s', async (_, headers) => {
    vi.stubEnv('NODE_ENV', 'production');
    const proxied = { host: 'inside:3000', origin: 'http://app.example:8080', ...headers };
    expect((await call(proxied, { trustProxy: true })).status).toBe(200);
    expect((await call(proxied)).status).toBe(403);
  });

  it.each(['http://localhost:5173', 'http://127.0.0.1:5173', 'http://[::1]:5173', 'http://app.localhost:5173'])(
    "may call through Vite's `changeOrigin` while the app is developed: %s",
    async (origin) => {
      vi.stubEnv('NODE_ENV', 'development');
      expect(await call({ host: 'api.internal:3000', origin })).toEqual({ status: 200, allows: null });
      vi.stubEnv('NODE_ENV', 'production');
      expect((await call({ host: 'api.internal:3000', origin })).status).toBe(403);
    },
  );
});

describe('a page of another origin', () => {
  it.each([
    ['of another port', { host: 'app.example:3000', origin: 'http://app.example:8080' }],
    ['of another host', { host: 'app.example', origin: 'http://evil.example' }],
    ['of a host that ends alike', { host: 'app.example', origin: 'http://evil-app.example' }],
    ['in a browser that tells', { host: 'inside:3000', origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }],
    ['of a name that only looks like a loopback one', { host: 'inside:3000', origin: 'http://127.0.0.1.evil.example' }],
    ['without an origin of its own', { host: 'inside:3000', origin: 'null' }],
  ])('is refused: %s', async (_, headers) => {
    vi.stubEnv('NODE_ENV', 'development');
    expect((await call(headers)).status).toBe(403);
  });

  it('may not send JSON where it is taken for one behind a proxy: its browser asks first, and gets no leave', async () => {
    const uploads = createUploads({ storage, secret: SECRET, routes: { files: { anonymous: true } } });
    const ask = {
      origin: 'http://app.example:8080',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const response = await uploads(new Request('http://app.example/files/create', { method: 'OPTIONS', headers: ask }));
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('`origins`', () => {
  const start = (origin: string) =>
    createUploads({ storage, secret: SECRET, origins: [origin], routes: { files: { anonymous: true } } });

  it.each([
    'https://app.example/',
    'https://app.example/upload',
    'app.example',
    'HTTPS://app.example',
    ' https://a.b',
    '',
  ])('are refused at start where no browser could say them: "%s"', (origin) => {
    expect(() => start(origin)).toThrow(/`origins` has .* no slash or path at its end/);
  });

  it.each(['https://app.example', 'http://localhost:5173', 'capacitor://localhost', 'http://[::1]:3000'])(
    'are taken as browsers say them: %s',
    (origin) => {
      expect(() => start(origin)).not.toThrow();
    },
  );
});

describe('a path', () => {
  it.each([
    ['POST', '/files/create/', 200],
    ['GET', '/files/', 200],
    ['GET', '/healthz/', 200],
    ['POST', '/files/create//', 404],
  ])('may end with one slash: %s %s', async (method, path, status) => {
    server = await startServer();
    const headers = { 'content-type': 'application/json' };
    const body = method === 'POST' ? { body: JSON.stringify({ files: [file('a', 1)] }) } : {};
    expect((await fetch(server.url + path, { method, headers, ...body })).status).toBe(status);
  });
});
