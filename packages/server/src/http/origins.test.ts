import { afterEach, describe, expect, it } from 'vitest';
import { file, type Harness, JSON_TYPE, startServer } from '../../test/harness.ts';
import type { Origins } from './origins.ts';

let server: Harness | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

const start = async (origins?: Origins) => {
  server = await startServer(origins === undefined ? {} : { origins });
  return server.url;
};
const ask = (url: string, init: RequestInit) => fetch(`${url}/files/create`, init);
const post = (url: string, headers: Record<string, string>) =>
  ask(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify({ files: [file('a', 1)] }) });
const preflight = (url: string, origin: string) =>
  ask(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-csrf',
    },
  });
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe('a page of the same origin', () => {
  it('may call, and gets no CORS headers', async () => {
    const url = await start();
    const response = await post(url, { origin: url });
    expect([response.status, corsOf(response)]).toEqual([200, {}]);
  });

  it('may call through a proxy that ends TLS', async () => {
    const url = await start();
    expect((await post(url, { origin: url.replace('http:', 'https:') })).status).toBe(200);
  });
});

describe('a page of another origin', () => {
  it.each(['https://evil.example', 'null', 'nonsense'])('%s is refused where none is allowed', async (origin) => {
    const url = await start();
    const response = await post(url, { origin });
    expect([response.status, corsOf(response)]).toEqual([403, {}]);
    expect(await response.json()).toMatchObject({ error: { code: 'origin-refused' } });
    expect((await preflight(url, origin)).status).toBe(403);
  });

  it('may call from the list, with cookies', async () => {
    const url = await start(['https://app.example']);
    const response = await post(url, { origin: 'https://app.example' });
    expect(response.status).toBe(200);
    expect(corsOf(response)).toEqual({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'date, retry-after',
    });
    expect((await post(url, { origin: 'https://app.example.evil' })).status).toBe(403);
  });

  it('may call where all may, without cookies, and can read errors as well', async () => {
    const url = await start('*');
    expect(corsOf(await preflight(url, 'https://any.example'))).toEqual({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type,x-csrf',
      'access-control-max-age': '7200',
      'access-control-expose-headers': 'date, retry-after',
    });
    const failed = await ask(url, {
      method: 'POST',
      headers: { ...JSON_TYPE, origin: 'https://any.example' },
      body: 'x',
    });
    expect([failed.status, failed.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
  });
});

it('a client that is no browser needs no origin', async () => {
  expect((await post(await start(), {})).status).toBe(200);
});
