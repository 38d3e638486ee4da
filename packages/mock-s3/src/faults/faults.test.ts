import { expect, test } from 'vitest';
import { outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { Fault, Intercept } from './fault.ts';

const MiB = 1024 * 1024;

/** Puts a fault on the first try of one operation. */
const once =
  (operation: string, fault: Fault | readonly Fault[]): Intercept =>
  (request) =>
    request.operation === operation && request.attempt === 1 ? fault : undefined;

test('cuts the first try of one part after so many bytes', async () => {
  const { store, client } = await startStore({
    intercept: ({ partNumber, attempt }) =>
      partNumber === 3 && attempt === 1 ? { kind: 'reset_peer', afterBytes: MiB } : undefined,
  });
  const uploadId = await client.createUpload('uploads/a');
  const body = new Uint8Array(5 * MiB);
  await client.uploadPart('uploads/a', uploadId, 2, body);
  await expect(client.uploadPart('uploads/a', uploadId, 3, body)).rejects.toThrow();
  expect((await client.uploadPart('uploads/a', uploadId, 3, body)).status).toBe(200);
  const { journal } = store;
  expect(journal.requests({ partNumber: 3 })).toMatchObject([
    { attempt: 1, state: 'cut', bytesReceived: MiB, faults: [{ kind: 'reset_peer' }] },
    { attempt: 2, state: 'answered', status: 200, bytesReceived: 5 * MiB, faults: [] },
  ]);
  expect(journal.bytesReceived({ uploadId, partNumber: 3 })).toBe(6 * MiB);
  expect([journal.resentBytes({ partNumber: 3 }), journal.resentBytes({ partNumber: 2 })]).toEqual([MiB, 0]);
  expect(store.multipartUploads('uploads')).toMatchObject([{ parts: [{ partNumber: 2 }, { partNumber: 3 }] }]);
});

test('loses the reply after the part was stored', async () => {
  const { store, client } = await startStore({
    intercept: once('UploadPart', { kind: 'reset_peer', afterBytes: 0, direction: 'downstream' }),
  });
  const uploadId = await client.createUpload('uploads/a');
  await expect(client.uploadPart('uploads/a', uploadId, 1, 'x')).rejects.toThrow();
  expect(store.multipartUploads('uploads')).toMatchObject([{ parts: [{ partNumber: 1, size: 1 }] }]);
});

test('cuts a download in its midst', async () => {
  const { client } = await startStore({
    intercept: once('GetObject', { kind: 'reset_peer', afterBytes: MiB, direction: 'downstream' }),
  });
  await client.put('uploads/a', new Uint8Array(4 * MiB));
  await expect(client.send('uploads/a').then((response) => response.arrayBuffer())).rejects.toThrow();
  expect((await (await client.send('uploads/a')).arrayBuffer()).byteLength).toBe(4 * MiB);
});

test('answers with an error of choice and reads none of it', async () => {
  const { store, client } = await startStore({
    intercept: once('PutObject', { kind: 'error', status: 503, code: 'SlowDown', headers: { 'retry-after': '7' } }),
  });
  const response = await client.put('uploads/a', 'x');
  expect(response.headers.get('retry-after')).toBe('7');
  expect(await outcome(response)).toBe('503 SlowDown');
  expect(store.journal.requests({ errorCode: 'SlowDown' })).toHaveLength(1);
  expect(store.objects('uploads')).toEqual([]);
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
});

test('delays a request, and a response', async () => {
  const { client } = await startStore({
    intercept: once('PutObject', [
      { kind: 'latency', ms: 60 },
      { kind: 'latency', ms: 60, direction: 'downstream' },
    ]),
  });
  const started = performance.now();
  await client.put('uploads/a', 'x');
  expect(performance.now() - started).toBeGreaterThanOrEqual(119);
});

test('narrows the link', async () => {
  const { client, store } = await startStore({
    intercept: once('PutObject', { kind: 'bandwidth', bytesPerSecond: 10 * MiB }),
  });
  const started = performance.now();
  await client.put('uploads/a', new Uint8Array(MiB));
  expect(performance.now() - started).toBeGreaterThanOrEqual(99);
  expect(store.objects('uploads')).toMatchObject([{ size: MiB }]);
});

test('counts requests in flight, of each operation', async () => {
  const { store, client } = await startStore({
    intercept: ({ operation }) => (operation === 'PutObject' ? { kind: 'latency', ms: 50 } : undefined),
  });
  await Promise.all(['a', 'b', 'c'].map((key) => client.put(`uploads/${key}`, 'x')));
  await client.send('uploads/a');
  expect(store.journal.maxInFlight('PutObject')).toBe(3);
  expect(store.journal.maxInFlight('GetObject')).toBe(1);
  expect(store.journal.inFlight()).toBe(0);
  store.journal.clear();
  expect([store.journal.maxInFlight(), store.journal.requests()]).toEqual([0, []]);
});

test('closes within a second while a request is held up', async () => {
  const { store, client } = await startStore({ intercept: () => ({ kind: 'latency', ms: 600_000 }) });
  const held = client.put('uploads/a', 'x');
  const failed = expect(held).rejects.toThrow();
  await store.close();
  await failed;
  expect(store.journal.inFlight()).toBe(0);
});

test('a misspelt operation is refused, with the list of those there are', async () => {
  const { store } = await startStore();
  const misspelt = () => store.faults.set([{ operation: ['PutObject', 'UploadParts'], fault: { kind: 'down' } }]);
  expect(misspelt).toThrow(/no operation "UploadParts"; take one of .*CreateMultipartUpload, .*UploadPart,/);
});
