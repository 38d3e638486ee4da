import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import type { MockS3 } from '../start/mock-s3.ts';
import { element, outcome } from '../test-support/client.ts';
import { rawRequest, rawSocket } from '../test-support/raw-request.ts';
import { startStore } from '../test-support/start-store.ts';

const blobs = (store: MockS3): Promise<string[]> => readdir(join(store.dataDir, 'buckets/uploads/blobs'));

/** The path and query of a presigned URL. */
async function target(url: Promise<string>): Promise<string> {
  const { pathname, search } = new URL(await url);
  return pathname + search;
}

test('answers 411 to a body of untold length', async () => {
  const { store, client } = await startStore();
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const response = await rawRequest(store, {
    method: 'PUT',
    path,
    headers: { 'transfer-encoding': 'chunked' },
    body: 'some',
  });
  expect([response.status, element(response.text, 'Code')]).toEqual([411, 'MissingContentLength']);
});

test('refuses more than 5 GiB before a byte of it is read', async () => {
  const { store, client } = await startStore();
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const response = await rawSocket(
    store,
    `PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 5368709121\r\nExpect: 100-continue\r\n\r\n`,
  );
  expect(response).toMatch(/^HTTP\/1.1 400 .*EntityTooLarge/s);
  expect(response.toLowerCase()).toContain('connection: close');
});

test('gives leave to send a body only after the signature was found good', async () => {
  const { store, client } = await startStore();
  const good = await target(client.presign('uploads/a', { method: 'PUT' }));
  const ask = (path: string) =>
    `PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`;
  expect(await rawSocket(store, ask('/uploads/a'))).toMatch(/^HTTP\/1.1 403 /);
  const sent = request({
    host: store.host,
    port: store.port,
    method: 'PUT',
    path: good,
    headers: { expect: '100-continue', 'content-length': 5 },
  });
  sent.flushHeaders();
  await once(sent, 'continue');
  sent.end('bytes');
  const [response] = await once(sent, 'response');
  expect(response.resume().statusCode).toBe(200);
});

test('answers IncompleteBody to a body that ends too early, and keeps nothing', async () => {
  const { store, client } = await startStore();
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const head = `PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 100\r\n\r\n`;
  const response = await rawSocket(store, `${head}only this`, { halfClose: true });
  expect(response).toMatch(/^HTTP\/1.1 400 .*IncompleteBody/s);
  expect(await store.journal.ended({ state: 'cut' })).toMatchObject({ operation: 'PutObject', bytesReceived: 9 });
  expect([store.objects('uploads'), await blobs(store)]).toEqual([[], []]);
});

test('takes of a body that is too long what was declared, and refuses the rest', async () => {
  const { store, client } = await startStore();
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const head = `PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 5\r\n\r\n`;
  await rawSocket(store, `${head}bytes and then some`);
  await store.journal.ended({ operation: 'PutObject' });
  expect(store.objects('uploads')).toMatchObject([{ key: 'a', size: 5 }]);
});

test('removes what an aborted upload left', async () => {
  const { store, client } = await startStore();
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const socket = connect(store.port, store.host);
  socket.write(`PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 9000000\r\n\r\n`);
  await new Promise((resolve) => socket.write(Buffer.alloc(3_000_000), resolve));
  socket.resetAndDestroy();
  await store.journal.ended({ operation: 'PutObject', state: 'cut' });
  expect([store.objects('uploads'), await blobs(store)]).toEqual([[], []]);
});

test('answers a refused request with a body, and goes on to serve its connection', async () => {
  const { store, client } = await startStore();
  const body = new Uint8Array(8 * 1024 * 1024);
  expect(await outcome(fetch(`${store.endpoint}/uploads/a`, { method: 'PUT', body }))).toBe('403 AccessDenied');
  expect(await outcome(client.put('uploads/a', 'x'))).toBe('200');
});

test('does not read an endless body that it has refused', async () => {
  const { store } = await startStore();
  const socket = connect(store.port, store.host);
  socket.write(`PUT /uploads/a HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 5000000000\r\n\r\n`);
  const piece = Buffer.alloc(1024 * 1024);
  const pump = (): void => {
    while (socket.writable && socket.write(piece));
  };
  socket.on('drain', pump).on('error', () => undefined);
  pump();
  const response: Buffer[] = [];
  socket.on('data', (data) => response.push(data));
  // Not `once`: a reset, which is what is wanted here, would reject it.
  await new Promise((resolve) => socket.on('close', resolve));
  expect(Buffer.concat(response).toString()).toMatch(/^HTTP\/1.1 403 .*AccessDenied/s);
  expect(store.journal.bytesReceived()).toBeLessThan(20 * 1024 * 1024);
});

test('gives up on a client that stops sending', async () => {
  const { store, client } = await startStore({ idleTimeout: 30 });
  const path = await target(client.presign('uploads/a', { method: 'PUT' }));
  const head = `PUT ${path} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 100\r\n\r\n`;
  expect(await rawSocket(store, `${head}only this`)).toMatch(/^HTTP\/1.1 400 .*RequestTimeout/s);
  expect(await blobs(store)).toEqual([]);
  const never = startStore({ idleTimeout: Infinity });
  await expect(never).rejects.toMatchObject({
    code: 'invalid-option',
    message: expect.stringContaining('`idleTimeout` is Infinity'),
  });
});

test.each([
  ['a path that is not UTF-8', 'GET /uploads/%ff HTTP/1.1\r\nHost: a\r\nConnection: close', '400', 'InvalidURI'],
  ['a bad escape', 'GET /uploads/%zz HTTP/1.1\r\nHost: a\r\nConnection: close', '400', 'InvalidURI'],
  ['a path that is none', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close', '400', 'InvalidURI'],
  ['nonsense', 'complete nonsense', '400', 'BadRequest'],
  ['100 kB of headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(1e5)}`, '431', 'RequestHeaderSectionTooLarge'],
])('answers %s', async (_title, head, status, code) => {
  const { store } = await startStore();
  const response = await rawSocket(store, `${head}\r\n\r\n`);
  expect([response.slice(0, 13), element(response, 'Code')]).toEqual([`HTTP/1.1 ${status} `, code]);
});

test('answers a bug with InternalError, reports it, and lives on', async () => {
  const bugs: unknown[] = [];
  const bug = new Error('secret detail');
  const { store, client } = await startStore({
    onInternalError: (error) => bugs.push(error),
    intercept: ({ key }) => {
      if (key === 'bug') throw bug;
      return undefined;
    },
  });
  const response = await client.put('uploads/bug', 'x');
  const text = await response.text();
  expect([response.status, element(text, 'Code'), bugs]).toEqual([500, 'InternalError', [bug]]);
  expect(text).not.toContain('secret');
  expect(response.headers.get('x-amz-request-id')).toBe(element(text, 'RequestId'));
  expect(await outcome(client.put('uploads/fine', 'x'))).toBe('200');
  expect(store.journal.requests({ status: 500 })).toHaveLength(1);
});

test('closes at once when all connections are idle', async () => {
  const store = await createMockS3();
  await (await fetch(store.endpoint)).text();
  // The time that requests under way are given never passes here.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await store.close();
  await store.close();
  await expect(fetch(store.endpoint)).rejects.toThrow();
});
