import { request } from 'node:http';
import { expect, test } from 'vitest';
import { startStore } from '../test-support/start-store.ts';

async function call(url: string, method = 'GET', body?: unknown): Promise<{ status: number; json: unknown }> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

test('sets, tells and clears faults while the store runs', async () => {
  const { store, client } = await startStore();
  const faults = `${store.controlUrl}faults`;
  const rules = [{ operation: 'PutObject', nth: 1, fault: { kind: 'error', code: 'SlowDown' } }];
  expect(await call(faults, 'PUT', { seed: 5, rules })).toEqual({ status: 200, json: { seed: 5, rules } });
  expect((await client.put('uploads/a', 'x')).status).toBe(503);
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
  expect((await call(faults, 'PUT', 'train')).json).toEqual({ profile: 'train' });
  expect((await call(`${faults}/rules`, 'POST', { fault: { kind: 'down' } })).json).toMatchObject({ profile: 'train' });
  store.faults.clear();
  expect((await call(faults, 'DELETE')).status).toBe(204);
  expect((await call(faults)).json).toEqual({});
});

test('stays reachable while nothing else is', async () => {
  const { store, client } = await startStore();
  await call(`${store.controlUrl}faults`, 'PUT', [{ fault: { kind: 'down' } }]);
  await expect(client.put('uploads/a', 'x')).rejects.toThrow();
  expect(store.journal.requests()).toEqual([]);
  expect((await call(`${store.controlUrl}faults`, 'DELETE')).status).toBe(204);
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
});

test('shows the journal and its counters, of which it is no part itself', async () => {
  const { store, client } = await startStore();
  await client.put('uploads/a', 'hello');
  expect((await call(`${store.controlUrl}transcript`)).json).toEqual({ requests: ['PutObject uploads/a try 1: 200'] });
  expect((await call(`${store.controlUrl}counters`)).json).toMatchObject({
    bytesReceived: 5,
    resentBytes: 0,
    maxInFlight: 1,
    transfers: [{ facts: { key: 'a' }, attempts: 1 }],
  });
  await call(`${store.controlUrl}journal`, 'DELETE');
  expect((await call(`${store.controlUrl}journal`)).json).toEqual({ requests: [] });
});

test('refuses what it does not know, and pages', async () => {
  const { store } = await startStore();
  expect((await call(`${store.controlUrl}nothing`)).status).toBe(404);
  expect((await call(`${store.controlUrl}journal`, 'PATCH')).status).toBe(405);
  expect((await call(`${store.controlUrl}faults`, 'PUT', { rules: [{}] })).status).toBe(400);
  const page = await fetch(`${store.controlUrl}journal`, { headers: { origin: 'https://evil.example.com' } });
  expect(page.status).toBe(403);
});

/** As it is written: `fetch` lets nobody set these headers. */
const statusOf = (port: number, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    const path = '/_mock-s3/journal';
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test.each(['cross-site', 'same-site', 'same-origin'])('refuses what a browser says is %s', async (site) => {
  const { store } = await startStore();
  expect(await statusOf(store.port, { 'sec-fetch-site': site })).toBe(403);
  expect(await statusOf(store.port, { 'sec-fetch-site': 'none' })).toBe(200);
});

test('refuses calls by a name that may have been made to point here', async () => {
  const { store } = await startStore({ domains: ['store.test'] });
  for (const host of ['evil.example', 'evil.example:9000', 'localhost.evil.example', '127.0.0.1.evil.example'])
    expect(await statusOf(store.port, { host })).toBe(403);
  for (const host of ['localhost:9000', '127.0.0.1', '[::1]:9000', 'mock-s3:9000', 'store.test', 'a.localhost'])
    expect(await statusOf(store.port, { host })).toBe(200);
});
