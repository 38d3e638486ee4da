import { expect, test } from 'vitest';
import { element, elements, outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const ORIGIN = 'https://app.example.com';

const CORS = `<CORSConfiguration>
  <CORSRule><ID>a &amp; b</ID><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>
    <AllowedHeader>content-*</AllowedHeader><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule>
  <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><ExposeHeader>ETag</ExposeHeader></CORSRule>
</CORSConfiguration>`;

const LIFECYCLE = `<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter/>
  <AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>
</Rule></LifecycleConfiguration>`;

test('gives each bucket CORS rules of its own', async () => {
  const { store, client } = await startStore({ buckets: ['uploads', 'others'] });
  expect((await client.put('uploads?cors', CORS)).status).toBe(200);
  const preflight = (bucket: string, method: string, header = 'content-type') =>
    fetch(`${store.endpoint}/${bucket}/a`, {
      method: 'OPTIONS',
      headers: { origin: ORIGIN, 'access-control-request-method': method, 'access-control-request-headers': header },
    });
  const allowed = await preflight('uploads', 'PUT');
  expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(allowed.headers.get('access-control-max-age')).toBe('60');
  expect(await outcome(preflight('uploads', 'PUT', 'x-amz-meta-a'))).toBe('403 AccessForbidden');
  expect(await outcome(preflight('uploads', 'DELETE'))).toBe('403 AccessForbidden');
  expect((await preflight('others', 'DELETE')).status).toBe(200);
  // The forgotten ExposeHeaders: the part is stored, and the page can not read its ETag.
  const put = await client.put('uploads/a', 'x', { origin: ORIGIN });
  expect(put.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(put.headers.get('access-control-expose-headers')).toBeNull();
});

test('tells, changes and deletes CORS rules', async () => {
  const { client } = await startStore();
  expect(elements(await (await client.send('uploads?cors')).text(), 'AllowedOrigin')).toEqual(['*']);
  await client.put('uploads?cors', CORS);
  const kept = await (await client.send('uploads?cors')).text();
  expect(elements(kept, 'AllowedMethod')).toEqual(['PUT', 'GET']);
  expect(elements(kept, 'ID')).toEqual(['a &amp; b']);
  expect((await client.send('uploads?cors', { method: 'DELETE' })).status).toBe(204);
  expect(await outcome(client.send('uploads?cors'))).toBe('404 NoSuchCORSConfiguration');
  const get = await client.send('uploads', { headers: { origin: ORIGIN } });
  expect(get.headers.get('access-control-allow-origin')).toBeNull();
  expect(await outcome(client.put('uploads?cors', CORS.replace('PUT', 'PATCH')))).toBe('400 InvalidRequest');
  expect(await outcome(client.put('uploads?cors', '<CORSConfiguration/>'))).toBe('400 MalformedXML');
});

test('keeps a lifecycle and a public access block, and their absence', async () => {
  const { client } = await startStore();
  expect(await outcome(client.send('uploads?lifecycle'))).toBe('404 NoSuchLifecycleConfiguration');
  expect((await client.put('uploads?lifecycle', LIFECYCLE)).status).toBe(200);
  expect(element(await (await client.send('uploads?lifecycle')).text(), 'DaysAfterInitiation')).toBe('2');
  expect((await client.send('uploads?lifecycle', { method: 'DELETE' })).status).toBe(204);
  expect(await outcome(client.send('uploads?lifecycle'))).toBe('404 NoSuchLifecycleConfiguration');
  expect(await outcome(client.put('uploads?lifecycle', '<LifecycleConfiguration/>'))).toBe('400 MalformedXML');
  expect(element(await (await client.send('uploads?publicAccessBlock')).text(), 'BlockPublicPolicy')).toBe('true');
  await client.send('uploads?publicAccessBlock', { method: 'DELETE' });
  expect(await outcome(client.send('uploads?publicAccessBlock'))).toBe('404 NoSuchPublicAccessBlockConfiguration');
});

test('answers what clients ask of a bucket first', async () => {
  const { client } = await startStore({ region: 'eu-central-1' });
  expect(await (await client.send('uploads?location')).text()).toContain('>eu-central-1</LocationConstraint>');
  expect((await client.send('uploads?versioning')).status).toBe(200);
  expect((await client.send('uploads?acl')).status).toBe(200);
  expect(await outcome(client.send('uploads?policy'))).toBe('404 NoSuchBucketPolicy');
  expect(element(await (await client.send('uploads?policyStatus')).text(), 'IsPublic')).toBe('false');
  expect(await outcome(client.send('uploads?replication'))).toBe('501 NotImplemented');
  expect(await outcome(client.send('others?cors'))).toBe('404 NoSuchBucket');
});
