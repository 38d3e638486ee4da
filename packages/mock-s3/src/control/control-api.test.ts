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
