import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { outcome } from '../../test-support/client.ts';
import { rawRequest, signedHeaders } from '../../test-support/raw-request.ts';
import { startStore } from '../../test-support/start-store.ts';

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

test.each([0, 1, 65_536, 3_000_001])('gives back an object of %i bytes as it was put', async (size) => {
  const { store, client } = await startStore();
  const bytes = randomBytes(size);
  const put = await client.put('uploads/file', bytes);
  expect([put.status, put.headers.get('etag')]).toEqual([200, `"${md5(bytes)}"`]);
  const got = await client.send('uploads/file');
  expect(got.headers.get('content-length')).toBe(String(size));
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  expect(await store.sha256('uploads', 'file')).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('keeps the headers that describe an object, and its metadata', async () => {
  const { client } = await startStore();
  const headers = {
    'content-type': 'image/png',
    'content-disposition': 'attachment; filename="a.png"',
    'cache-control': 'max-age=60',
    'content-encoding': 'identity',
    'x-amz-meta-owner': 'Ada',
  };
  await client.put('uploads/a.png', 'png', headers);
  const head = await client.send('uploads/a.png', { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(Object.fromEntries(head.headers)).toMatchObject({ ...headers, 'content-length': '3' });
});

test('lets a signed query replace the headers of a download', async () => {
  const { client } = await startStore();
  await client.put('uploads/a', 'x');
  const query = `response-content-type=text%2Fhtml&response-content-disposition=${encodeURIComponent('inline')}`;
  const { headers } = await client.send(`uploads/a?${query}`);
  expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual(['text/html', 'inline']);
  expect(await outcome(client.send('uploads/a?response-content-type=a%0D%0Ab'))).toBe('400 InvalidArgument');
});

test.each([
  ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
  ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
  ['bytes=3-2', 200, '0123456789', null],
  ['bytes=0-1,3-4', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
])('answers Range: %s with %i', async (range, status, text, contentRange) => {
  const { client } = await startStore();
  await client.put('uploads/digits', '0123456789');
  const response = await client.send('uploads/digits', { headers: { range } });
  expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
    status,
    text,
    contentRange,
  ]);
});

test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('refuses Range: %s of ten bytes', async (range) => {
  const { client } = await startStore();
  await client.put('uploads/digits', '0123456789');
  const response = await client.send('uploads/digits', { headers: { range } });
  expect(response.headers.get('content-range')).toBe('bytes */10');
  expect(await outcome(response)).toBe('416 InvalidRange');
});

test('answers conditional reads', async () => {
  const { client } = await startStore();
  const etag = (await client.put('uploads/a', 'x')).headers.get('etag') ?? '';
  const modified = (await client.send('uploads/a')).headers.get('last-modified') ?? '';
  const read = async (headers: Record<string, string>) => (await client.send('uploads/a', { headers })).status;
  expect(await read({ 'if-none-match': etag })).toBe(304);
  expect(await read({ 'if-none-match': '"other"' })).toBe(200);
  expect(await read({ 'if-match': etag })).toBe(200);
  expect(await read({ 'if-match': '"other"' })).toBe(412);
  expect(await read({ 'if-modified-since': modified })).toBe(304);
  expect(await read({ 'if-modified-since': new Date(0).toUTCString() })).toBe(200);
  expect(await read({ 'if-unmodified-since': new Date(0).toUTCString() })).toBe(412);
});

test('answers with S3’s code for what is not there', async () => {
  const { client } = await startStore();
  expect(await outcome(client.send('uploads/nothing'))).toBe('404 NoSuchKey');
  expect(await outcome(client.send('no-bucket/nothing'))).toBe('404 NoSuchBucket');
  expect(await outcome(client.send('NO/nothing'))).toBe('400 InvalidBucketName');
  expect((await client.send('uploads/nothing', { method: 'HEAD' })).status).toBe(404);
  expect((await client.send('uploads/nothing', { method: 'DELETE' })).status).toBe(204);
});

test('deletes an object', async () => {
  const { store, client } = await startStore();
  await client.put('uploads/a', 'x');
  expect((await client.send('uploads/a', { method: 'DELETE' })).status).toBe(204);
  expect(store.objects('uploads')).toEqual([]);
});

test('creates, lists, finds and deletes buckets', async () => {
  const { store, client } = await startStore();
  expect(await outcome(client.put('second', ''))).toBe('200');
  expect(await outcome(client.put('second', ''))).toBe('409 BucketAlreadyOwnedByYou');
  expect(await outcome(client.put('-bad-', ''))).toBe('400 InvalidBucketName');
  expect(await (await client.send('')).text()).toContain('<Name>second</Name>');
  expect((await client.send('second', { method: 'HEAD' })).status).toBe(200);
  await client.put('second/a', 'x');
  expect(await outcome(client.send('second', { method: 'DELETE' }))).toBe('409 BucketNotEmpty');
  await client.send('second/a', { method: 'DELETE' });
  expect((await client.send('second', { method: 'DELETE' })).status).toBe(204);
  expect(store.buckets()).toEqual(['uploads']);
});

test('serves a bucket as a sub-domain', async () => {
  const { store, client } = await startStore();
  await client.put('uploads/folder/a', 'hello');
  const host = `uploads.s3.localhost:${store.port}`;
  const headers = await signedHeaders({ ...store, endpoint: `http://${host}` }, { path: '/folder/a' });
  const response = await rawRequest(store, { path: '/folder/a', headers: { ...headers, host } });
  expect([response.status, response.text]).toEqual([200, 'hello']);
});

test.each([
  '../../etc/passwd',
  './a/../b',
  '/leading//and trailing/',
  'nul\u0000byte',
  'line\nbreak',
  '😀 été \u202egnp.exe',
  'percent%2Fsign+plus&amp;<xml>',
  'k'.repeat(1000),
])('keeps an object of the key %j', async (key) => {
  const { store } = await startStore();
  const encoded = encodeURIComponent(key).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = `/uploads/${encoded.replaceAll('%2F', '/')}`;
  const headers = { 'content-length': '5' };
  const put = { method: 'PUT', path, headers, body: 'bytes' };
  const response = await rawRequest(store, { ...put, headers: await signedHeaders(store, put) });
  expect(response.status, response.text).toBe(200);
  expect(store.objects('uploads').map((object) => object.key)).toEqual([key]);
  const got = await rawRequest(store, { path, headers: await signedHeaders(store, { path }) });
  expect(got.text).toBe('bytes');
});

test('refuses keys of more than 1,024 bytes', async () => {
  const { client } = await startStore();
  expect(await outcome(client.put(`uploads/${'é'.repeat(512)}`, 'x'))).toBe('200');
  expect(await outcome(client.put(`uploads/${'é'.repeat(512)}a`, 'x'))).toBe('400 KeyTooLongError');
});

test('verifies Content-MD5', async () => {
  const { store, client } = await startStore();
  const digest = createHash('md5').update('hello').digest('base64');
  expect(await outcome(client.put('uploads/a', 'hellO', { 'content-md5': digest }))).toBe('400 BadDigest');
  expect(await outcome(client.put('uploads/a', 'hello', { 'content-md5': 'nonsense' }))).toBe('400 InvalidDigest');
  expect(store.objects('uploads')).toEqual([]);
  expect(await outcome(client.put('uploads/a', 'hello', { 'content-md5': digest }))).toBe('200');
});

test.each([
  ['PUT', 'uploads/a', { 'x-amz-tagging': 'a=b' }],
  ['PUT', 'uploads/a', { 'if-none-match': '"some-etag"' }],
  ['PUT', 'uploads/a?tagging', {}],
  ['GET', 'uploads?replication', {}],
])('says that it has not implemented %s %s %j', async (method, path, headers) => {
  const { store, client } = await startStore();
  const body = method === 'GET' ? {} : { body: 'x' };
  expect(await outcome(client.send(path, { method, headers, ...body }))).toBe('501 NotImplemented');
  expect(store.objects('uploads')).toEqual([]);
});

test('refuses methods that S3 does not have', async () => {
  const { client } = await startStore();
  expect(await outcome(client.send('uploads/a', { method: 'PATCH' }))).toBe('405 MethodNotAllowed');
  expect(await outcome(client.send('uploads/a', { method: 'POST' }))).toBe('405 MethodNotAllowed');
});
