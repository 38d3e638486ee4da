import { expect, test } from 'vitest';
import { element, elements, outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { S3Fault } from './fault.ts';

function onceOn(operation: string, fault: S3Fault, minPartSize = 1) {
  return startStore({ minPartSize, faults: [{ operation, nth: 1, fault }] });
}

test.each([
  ['SlowDown', 503],
  ['InternalError', 500],
  ['ServiceUnavailable', 503],
  ['RequestTimeout', 400],
  ['ExpiredToken', 400],
  ['RequestTimeTooSkewed', 403],
  ['AccessDenied', 403],
  ['BadDigest', 400],
  ['NoSuchUpload', 404],
])('answers %s once, with status %i', async (code, status) => {
  const { client, store } = await onceOn('PutObject', { kind: 'error', code, after: 'body' });
  expect(await outcome(client.put('uploads/a', 'x'))).toBe(`${status} ${code}`);
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
  expect(store.journal.transcript()).toEqual([
    `PutObject uploads/a try 1: ${status} ${code} (error)`,
    'PutObject uploads/a try 2: 200',
  ]);
});

test('tells its own time with RequestTimeTooSkewed', async () => {
  const { client } = await onceOn('PutObject', { kind: 'error', code: 'RequestTimeTooSkewed' });
  const text = await (await client.put('uploads/a', 'x')).text();
  expect(Date.parse(element(text, 'ServerTime') ?? '')).toBeGreaterThan(0);
});

test.each([
  [false, [], '200'],
  [true, ['a'], '200'],
])('answers Complete with 200 and an error (committed: %s)', async (committed, keys, again) => {
  const { client, store } = await onceOn('CompleteMultipartUpload', { kind: 'complete_200_error', committed });
  const uploadId = await client.createUpload('uploads/a');
  const etag = (await client.uploadPart('uploads/a', uploadId, 1, 'x')).headers.get('etag');
  expect(await outcome(client.complete('uploads/a', uploadId, [[1, etag]]))).toBe('200 InternalError');
  expect(store.objects('uploads').map(({ key }) => key)).toEqual(keys);
  expect(await outcome(client.complete('uploads/a', uploadId, [[1, etag]]))).toBe(again);
});

test('loses the reply of Complete after the commit', async () => {
  const { client, store } = await onceOn('CompleteMultipartUpload', { kind: 'lost_reply' });
  const uploadId = await client.createUpload('uploads/a');
  const etag = (await client.uploadPart('uploads/a', uploadId, 1, 'x')).headers.get('etag');
  await expect(client.complete('uploads/a', uploadId, [[1, etag]])).rejects.toThrow();
  expect(store.objects('uploads')).toMatchObject([{ key: 'a' }]);
});

test('flips a bit of what is stored: the response is right, and the bytes are not', async () => {
  const { client } = await onceOn('PutObject', { kind: 'bit_flip', at: 1 });
  const put = await client.put('uploads/a', 'abc', { 'content-md5': 'kAFQmDzST7DWlj99KOF/cg==' });
  expect([put.status, put.headers.get('etag')]).toEqual([200, '"900150983cd24fb0d6963f7d28e17f72"']);
  expect(await (await client.send('uploads/a')).text()).toBe('acc');
});

test('flips a bit of what is received, which a checksum reveals', async () => {
  const { client, store } = await startStore({
    faults: [{ operation: 'PutObject', attempt: 1, fault: { kind: 'bit_flip', at: 1, where: 'received' } }],
  });
  const md5 = { 'content-md5': 'kAFQmDzST7DWlj99KOF/cg==' };
  expect(await outcome(client.put('uploads/a', 'abc', { ...md5, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }))).toBe(
    '400 BadDigest',
  );
  expect(store.objects('uploads')).toEqual([]);
});

test('loses an upload for good', async () => {
  const { client } = await onceOn('UploadPart', { kind: 'no_such_upload' });
  const uploadId = await client.createUpload('uploads/a');
  expect(await outcome(client.uploadPart('uploads/a', uploadId, 1, 'x'))).toBe('404 NoSuchUpload');
  expect(await outcome(client.uploadPart('uploads/a', uploadId, 1, 'x'))).toBe('404 NoSuchUpload');
});

test('ListParts lags', async () => {
  const { client } = await onceOn('ListParts', { kind: 'stale_list_parts', ms: 60_000 });
  const uploadId = await client.createUpload('uploads/a');
  await client.uploadPart('uploads/a', uploadId, 1, 'x');
  const list = async () => elements(await (await client.send(`uploads/a?uploadId=${uploadId}`)).text(), 'PartNumber');
  expect(await list()).toEqual([]);
  expect(await list()).toEqual(['1']);
});

test('answers late after the last byte', async () => {
  const { client, store } = await onceOn('PutObject', { kind: 'slow_response', ms: 3_600_000 });
  const put = expect(client.put('uploads/a', 'x')).rejects.toThrow();
  await expect.poll(() => store.objects('uploads')).toHaveLength(1);
  expect(store.journal.inFlight('PutObject')).toBe(1);
  store.cut();
  await put;
  await store.journal.ended({});
  expect(store.journal.transcript()).toEqual(['PutObject uploads/a try 1: cut (slow_response)']);
});
