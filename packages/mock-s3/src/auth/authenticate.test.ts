import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Query } from '../http/query.ts';
import type { S3Request } from '../http/s3-request.ts';
import { MIMICS } from '../mimic/mimic.ts';
import { Client, element, outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import { authenticate } from './authenticate.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const AWS_GATE = {
  mimic: MIMICS.aws,
  credentials: [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }],
  region: 'us-east-1',
  now: () => Date.UTC(2013, 4, 24, 1),
};

function awsRequest(rawPath: string, search: string, headers: Record<string, string>): S3Request {
  const all = { host: 'examplebucket.s3.amazonaws.com', ...headers };
  return {
    method: 'GET',
    origin: 'https://examplebucket.s3.amazonaws.com',
    rawPath,
    query: new Query(search),
    headers: all,
    rawHeaders: Object.entries(all).flat(),
    bucket: 'examplebucket',
    key: rawPath.slice(1) || undefined,
  };
}

const PRESIGNED =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

test("accepts AWS's published presigned URL", () => {
  expect(authenticate(awsRequest('/test.txt', PRESIGNED, {}), AWS_GATE)).toEqual({ kind: 'unsigned' });
});

test("refuses AWS's published presigned URL for another object", () => {
  expect(() => authenticate(awsRequest('/test.tx', PRESIGNED, {}), AWS_GATE)).toThrow(/signature we calculated/);
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function published(signedHeaders: string, signature: string, headers: Record<string, string> = {}) {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`,
    'x-amz-content-sha256': EMPTY_SHA256,
    'x-amz-date': '20130524T000000Z',
    ...headers,
  };
}

test.each([
  [
    'GET object',
    '/test.txt',
    '',
    published(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      { range: 'bytes=0-9' },
    ),
  ],
  [
    'GET bucket lifecycle',
    '/',
    'lifecycle',
    published(
      'host;x-amz-content-sha256;x-amz-date',
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ),
  ],
  [
    'GET bucket list',
    '/',
    'max-keys=2&prefix=J',
    published(
      'host;x-amz-content-sha256;x-amz-date',
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ),
  ],
])("accepts AWS's published Authorization header: %s", (_title, path, search, headers) => {
  const gate = { ...AWS_GATE, now: () => Date.UTC(2013, 4, 24) };
  expect(authenticate(awsRequest(path, search, headers), gate)).toEqual({ kind: 'sha256', hex: EMPTY_SHA256 });
});

test('refuses a request without a signature', async () => {
  const { store } = await startStore();
  expect(await outcome(fetch(`${store.endpoint}/uploads/a`))).toBe('403 AccessDenied');
});

test('refuses a wrong secret, and shows what it would have signed', async () => {
  const { store } = await startStore();
  const liar = new Client(store, { ...store.credentials[0], secretAccessKey: 'wrong' });
  const response = await liar.put('uploads/a', 'x');
  const text = await response.text();
  expect(response.status).toBe(403);
  expect(element(text, 'Code')).toBe('SignatureDoesNotMatch');
  expect(element(text, 'CanonicalRequest')).toContain('PUT\n/uploads/a\n');
  expect(store.objects('uploads')).toEqual([]);
});

test('refuses an unknown access key', async () => {
  const { store } = await startStore();
  const stranger = new Client(store, { accessKeyId: 'nobody', secretAccessKey: 'x' });
  expect(await outcome(stranger.send('uploads?list-type=2'))).toBe('403 InvalidAccessKeyId');
  expect(await outcome(fetch(await stranger.presign('uploads/a')))).toBe('403 InvalidAccessKeyId');
});

test('accepts a presigned request until it expires, and not a second longer', async () => {
  let now = NOON;
  const { client } = await startStore({ now: () => now });
  const url = await client.presign('uploads/a', { method: 'PUT', expires: 60, datetime: '20260101T120000Z' });
  now = NOON + 60_000;
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
  now = NOON + 61_000;
  const late = await fetch(url, { method: 'PUT', body: 'x' });
  const text = await late.text();
  expect([late.status, element(text, 'Code'), element(text, 'Message')]).toEqual([
    403,
    'AccessDenied',
    'Request has expired',
  ]);
});

test('refuses a presigned request from the future', async () => {
  const { client } = await startStore({ now: () => NOON - 16 * MINUTE });
  const url = await client.presign('uploads/a', { datetime: '20260101T120000Z' });
  expect(await (await fetch(url)).text()).toContain('Request is not valid yet');
});

test.each([-16, 16])('refuses a signed header whose clock is %i minutes off', async (minutes) => {
  const { client } = await startStore({ now: () => Date.now() + minutes * MINUTE });
  expect(await outcome(client.send('uploads?list-type=2'))).toBe('403 RequestTimeTooSkewed');
});

test('accepts a signed header whose clock is 14 minutes off', async () => {
  const { client } = await startStore({ now: () => Date.now() + 14 * MINUTE });
  expect((await client.send('uploads?list-type=2')).status).toBe(200);
});

test('tells its time in the Date header, as its clock has it', async () => {
  const { store } = await startStore({ now: () => NOON });
  expect((await fetch(store.endpoint)).headers.get('date')).toBe('Thu, 01 Jan 2026 12:00:00 GMT');
});

test('holds a presigned request to its signed length', async () => {
  const { client } = await startStore();
  const url = await client.presign('uploads/a', { method: 'PUT', headers: { 'content-length': '3' } });
  expect(await outcome(fetch(url, { method: 'PUT', body: 'four' }))).toBe('403 SignatureDoesNotMatch');
  expect(await outcome(fetch(url, { method: 'PUT', body: 'abc' }))).toBe('200');
});

test('refuses a presigned request that leaves out a signed header', async () => {
  const { client } = await startStore();
  const url = await client.presign('uploads/a', { method: 'PUT', headers: { 'x-amz-meta-owner': 'ada' } });
  expect(await outcome(fetch(url, { method: 'PUT', body: 'x' }))).toBe('403 SignatureDoesNotMatch');
  const headers = { 'x-amz-meta-owner': 'ada' };
  expect(await outcome(fetch(url, { method: 'PUT', body: 'x', headers }))).toBe('200');
});

test('refuses an x-amz header that was not signed', async () => {
  const { client } = await startStore();
  const url = await client.presign('uploads/a', { method: 'PUT' });
  const headers = { 'x-amz-meta-owner': 'eve' };
  expect(await outcome(fetch(url, { method: 'PUT', body: 'x', headers }))).toBe('403 AccessDenied');
});

test.each([
  ['X-Amz-Expires', '604801'],
  ['X-Amz-Expires', '-1'],
  ['X-Amz-Expires', 'soon'],
  ['X-Amz-Date', 'yesterday'],
  ['X-Amz-Algorithm', 'AWS3'],
  ['X-Amz-Credential', 'portage-access-key'],
  ['X-Amz-Credential', 'portage-access-key/20260101/mars-1/s3/aws4_request'],
  ['X-Amz-SignedHeaders', ''],
  ['X-Amz-Signature', ''],
])('refuses a presigned query with %s=%s', async (name, value) => {
  const { client } = await startStore({ now: () => NOON });
  const url = new URL(await client.presign('uploads/a', { datetime: '20260101T120000Z' }));
  url.searchParams.set(name, value);
  expect(await outcome(fetch(url))).toBe('400 AuthorizationQueryParametersError');
});

test.each([
  ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b', '400 AuthorizationHeaderMalformed'],
  ['AWS4-HMAC-SHA256', '400 InvalidRequest'],
  ['AWS key:signature', '403 AccessDenied'],
])('refuses Authorization: %s', async (authorization, expected) => {
  const { store } = await startStore();
  expect(await outcome(fetch(`${store.endpoint}/uploads/a`, { headers: { authorization } }))).toBe(expected);
});

test('names the right region to who signed for another', async () => {
  const { store } = await startStore({ region: 'eu-central-1' });
  const lost = new Client({ ...store, region: 'us-east-1' });
  const response = await lost.send('uploads?list-type=2');
  const text = await response.text();
  expect(element(text, 'Code')).toBe('AuthorizationHeaderMalformed');
  expect(element(text, 'Region')).toBe('eu-central-1');
});

test('verifies a signed hash against the body', async () => {
  const { client, store } = await startStore();
  const headers = { 'x-amz-content-sha256': EMPTY_SHA256 };
  expect(await outcome(client.put('uploads/a', 'not empty', headers))).toBe('400 XAmzContentSHA256Mismatch');
  expect(store.objects('uploads')).toEqual([]);
  expect(await outcome(client.put('uploads/a', '', headers))).toBe('200');
});

test('a signature of version 2 in the query is taken, and only the right one', async () => {
  const { store, client } = await startStore();
  await client.put('uploads/a b', 'hello');
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  const expires = Math.floor(Date.now() / 1000) + 60;
  const signed = (expires: number, path = '/uploads/a%20b', extra = '') => {
    const signature = createHmac('sha1', secretAccessKey)
      .update(`GET\n\n\n${expires}\n${path}${extra}`)
      .digest('base64');
    const query = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires: String(expires), Signature: signature });
    return fetch(`${store.endpoint}${path}?${query}${extra.replace('?', '&')}`);
  };
  expect(await (await signed(expires)).text()).toBe('hello');
  expect((await signed(expires, undefined, '?response-content-type=text/plain')).headers.get('content-type')).toBe(
    'text/plain',
  );
  expect(await outcome(signed(1))).toBe('403 AccessDenied');
  const url = `${store.endpoint}/uploads/a%20b?AWSAccessKeyId=${accessKeyId}&Expires=${expires}&Signature=`;
  expect(await outcome(fetch(`${url}d3Jvbmc%3D`))).toBe('403 SignatureDoesNotMatch');
});

test('a signature of version 2 in the header is taken, and only the right one of now', async () => {
  const { store } = await startStore();
  const [{ accessKeyId, secretAccessKey }] = store.credentials;
  // `fetch` lets nobody set a Date.
  const put = (date: string, secret = secretAccessKey) => {
    const text = `PUT\n\ntext/plain\n\nx-amz-date:${date}\n/uploads/a%20b`;
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    const authorization = `AWS ${accessKeyId}:${signature}`;
    const headers = { 'content-type': 'text/plain', 'x-amz-date': date, authorization };
    return outcome(fetch(`${store.endpoint}/uploads/a%20b`, { method: 'PUT', body: 'hello', headers }));
  };
  const now = new Date().toUTCString();
  expect(await put(now)).toBe('200');
  expect(await put(now, 'wrong')).toBe('403 SignatureDoesNotMatch');
  expect(await put(new Date(Date.now() - 3_600_000).toUTCString())).toBe('403 RequestTimeTooSkewed');
  expect(store.objects('uploads').map(({ key }) => key)).toEqual(['a b']);
  const r2 = await startStore({ mimic: 'r2' });
  const headers = { authorization: 'AWS key:signature' };
  expect(await outcome(fetch(`${r2.store.endpoint}/uploads/a`, { headers }))).toBe('400 InvalidRequest');
});
