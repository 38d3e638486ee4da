import { expect, test } from 'vitest';
import { outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';

const ORIGIN = 'https://app.example.com';

function preflight(url: string, method: string, headers?: string, origin = ORIGIN): Promise<Response> {
  return fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers !== undefined && { 'access-control-request-headers': headers }),
    },
  });
}

test('answers a preflight without a signature', async () => {
  const { store } = await startStore();
  const { status, headers } = await preflight(`${store.endpoint}/uploads/a`, 'PUT', 'content-type,x-amz-meta-a');
  expect(status).toBe(200);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-methods')).toContain('PUT');
  expect(headers.get('access-control-allow-headers')).toBe('content-type, x-amz-meta-a');
  expect(headers.get('access-control-max-age')).toBe('3600');
  expect(headers.get('vary')).toContain('Origin');
});

test('refuses a preflight of another origin, method or header than the rules allow', async () => {
  const { store } = await startStore({
    cors: { origins: [ORIGIN], methods: ['PUT'], allowedHeaders: ['content-type', 'x-amz-*'] },
  });
  const url = `${store.endpoint}/uploads/a`;
  const allowed = await preflight(url, 'PUT', 'X-Amz-Date');
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  expect(await outcome(preflight(url, 'DELETE'))).toBe('403 AccessForbidden');
  expect(await outcome(preflight(url, 'PUT', 'x-other'))).toBe('403 AccessForbidden');
  expect(await outcome(preflight(url, 'PUT', undefined, 'https://evil.example.com'))).toBe('403 AccessForbidden');
  expect(await outcome(fetch(url, { method: 'OPTIONS' }))).toBe('400 BadRequest');
});

test('lets pages read the ETag, and whatever x-amz headers there are', async () => {
  const { client } = await startStore();
  const put = await client.put('uploads/a', 'x', { origin: ORIGIN, 'x-amz-meta-owner': 'ada' });
  expect(put.headers.get('access-control-expose-headers')).toContain('ETag');
  const got = await client.send('uploads/a', { headers: { origin: ORIGIN } });
  expect(got.headers.get('access-control-expose-headers')).toContain('x-amz-meta-owner');
  expect((await client.send('uploads/a')).headers.get('access-control-allow-origin')).toBeNull();
});

test('can forget to expose the ETag', async () => {
  const { client } = await startStore({ cors: { exposedHeaders: [] } });
  const put = await client.put('uploads/a', 'x', { origin: ORIGIN });
  expect(put.headers.get('access-control-expose-headers')).toBeNull();
});

test.each([
  ['all', '*', '*'],
  ['all-but-signature', null, '*'],
  ['none', null, null],
] as const)('puts CORS headers on errors: %s', async (errors, onSignature, onOthers) => {
  const { store, client } = await startStore({ cors: { errors } });
  const wrong = (await client.presign('uploads/a')).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const forged = await fetch(wrong, { headers: { origin: ORIGIN } });
  expect(forged.headers.get('access-control-allow-origin')).toBe(onSignature);
  // Whoever does not sign is refused by the bucket, not by the signature.
  const unsigned = await fetch(`${store.endpoint}/uploads/a`, { headers: { origin: ORIGIN } });
  expect(unsigned.headers.get('access-control-allow-origin')).toBe(onOthers);
  const missing = await client.send('uploads/a', { headers: { origin: ORIGIN } });
  expect(missing.headers.get('access-control-allow-origin')).toBe(onOthers);
});

test('can have no CORS at all', async () => {
  const { store, client } = await startStore({ cors: false });
  expect(await outcome(preflight(`${store.endpoint}/uploads/a`, 'PUT'))).toBe('403 AccessForbidden');
  const put = await client.put('uploads/a', 'x', { origin: ORIGIN });
  expect([put.status, put.headers.get('access-control-allow-origin')]).toEqual([200, null]);
});
