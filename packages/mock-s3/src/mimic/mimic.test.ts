import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Client, outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { MimicName } from './mimic.ts';

/** What is asked of each store, and what each answers. */
const QUESTIONS: readonly (readonly [string, (client: Client) => Promise<string>, Record<MimicName, string>])[] = [
  [
    'If-None-Match with an ETag',
    (client) => outcome(client.put('uploads/a', 'new', { 'if-none-match': '"other"' })),
    {
      aws: '501 NotImplemented',
      r2: '200',
      minio: '501 NotImplemented',
      ceph: '200',
      'ceph-16': '200',
      swift: '501 NotImplemented',
      'swift-2.38': '501 NotImplemented',
    },
  ],
  [
    'If-None-Match: * where there is an object',
    (client) => outcome(client.put('uploads/a', 'new', { 'if-none-match': '*' })),
    {
      aws: '412 PreconditionFailed',
      r2: '412 PreconditionFailed',
      minio: '412 PreconditionFailed',
      ceph: '412 PreconditionFailed',
      'ceph-16': '412 PreconditionFailed',
      swift: '501 NotImplemented',
      'swift-2.38': '412 PreconditionFailed',
    },
  ],
  [
    'a part that an object has not',
    (client) => outcome(client.send('uploads/a?partNumber=2')),
    {
      aws: '416 InvalidPartNumber',
      r2: '416 InvalidPartNumber',
      minio: '416 InvalidPartNumber',
      ceph: '400 InvalidPart',
      'ceph-16': '400 InvalidPart',
      swift: '416 InvalidPartNumber',
      'swift-2.38': '416 InvalidPartNumber',
    },
  ],
  [
    'a checksum that is none',
    (client) =>
      outcome(
        client.put('uploads/a', 'new', { 'x-amz-checksum-crc32': 'bad', 'x-amz-sdk-checksum-algorithm': 'CRC32' }),
      ),
    {
      aws: '400 InvalidRequest',
      r2: '400 InvalidRequest',
      minio: '400 InvalidRequest',
      ceph: '400 BadDigest',
      'ceph-16': '200',
      swift: '200',
      'swift-2.38': '400 InvalidRequest',
    },
  ],
  [
    'a CRC32 of the whole object',
    (client) =>
      outcome(
        client.send('uploads/b?uploads', {
          method: 'POST',
          headers: { 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' },
        }),
      ),
    {
      aws: '200',
      r2: '400 InvalidRequest',
      minio: '200',
      ceph: '200',
      'ceph-16': '200',
      swift: '200',
      'swift-2.38': '200',
    },
  ],
  [
    'CORS rules for one bucket',
    (client) =>
      outcome(
        client.put(
          'uploads?cors',
          '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>',
        ),
      ),
    {
      aws: '200',
      r2: '200',
      minio: '501 NotImplemented',
      ceph: '200',
      'ceph-16': '200',
      swift: '501 NotImplemented',
      'swift-2.38': '501 NotImplemented',
    },
  ],
];

test.each(QUESTIONS)('%s is answered as each store does', async (_, ask, expected) => {
  const responses = await Promise.all(
    (Object.keys(expected) as MimicName[]).map(async (mimic) => {
      const { client } = await startStore({ mimic });
      await client.put('uploads/a', 'old');
      return [mimic, await ask(client)] as const;
    }),
  );
  expect(Object.fromEntries(responses)).toEqual(expected);
});

const CRC64_OF_HELLO = 'M3eFcAZSQlc=';
const checked = async (client: Client, key: string) =>
  (await client.send(key, { method: 'HEAD', headers: { 'x-amz-checksum-mode': 'ENABLED' } })).headers.get(
    'x-amz-checksum-crc64nvme',
  );

test('every object of aws has a CRC64NVME: of a PUT, of parts, of a copy; the others keep what they were asked for', async () => {
  for (const [mimic, expected] of [
    ['aws', CRC64_OF_HELLO],
    ['minio', null],
    ['ceph', null],
  ] as const) {
    const { client } = await startStore({ mimic, minPartSize: 1 });
    await client.put('uploads/put', 'hello');
    const uploadId = await client.createUpload('uploads/parts');
    const parts = await Promise.all(
      ['he', 'llo'].map(async (text, at) => {
        const { headers } = await client.uploadPart('uploads/parts', uploadId, at + 1, text);
        return [at + 1, headers.get('etag')] as const;
      }),
    );
    await client.complete('uploads/parts', uploadId, parts);
    await client.put('uploads/copy', '', { 'x-amz-copy-source': '/uploads/put' });
    for (const key of ['put', 'parts', 'copy']) expect(await checked(client, `uploads/${key}`), mimic).toBe(expected);
  }
});

test('ceph looks at checksums that the header of SDKs names, takes a wrong one of the whole, and writes -1 after that of one part', async () => {
  const { client } = await startStore({ mimic: 'ceph' });
  const wrong = { 'x-amz-checksum-sha256': createHash('sha256').update('other').digest('base64') };
  expect(await outcome(client.put('uploads/a', 'hello', wrong))).toBe('200');
  const named = { ...wrong, 'x-amz-sdk-checksum-algorithm': 'SHA256' };
  expect(await outcome(client.put('uploads/a', 'hello', named))).toBe('400 BadDigest');
  const whole = { 'x-amz-checksum-algorithm': 'CRC64NVME', 'x-amz-checksum-type': 'FULL_OBJECT' };
  const uploadId = await client.createUpload('uploads/b', whole);
  const part = await client.uploadPart('uploads/b', uploadId, 1, 'hello');
  await client.complete('uploads/b', uploadId, [[1, part.headers.get('etag')]]);
  expect(await checked(client, 'uploads/b')).toBe(`${CRC64_OF_HELLO}-1`);
});

test('ceph refuses a type that a presigned URL does not sign, without CORS headers; the others take it', async () => {
  for (const mimic of ['ceph', 'ceph-16', 'aws'] as const) {
    const { client } = await startStore({ mimic });
    const url = await client.presign('uploads/a', { method: 'PUT' });
    const headers = { 'content-type': 'text/plain', origin: 'https://page.example' };
    const response = await fetch(url, { method: 'PUT', body: 'x', headers });
    expect([response.status, response.headers.get('access-control-allow-origin')], mimic).toEqual(
      mimic === 'ceph' ? [403, null] : [200, '*'],
    );
  }
});

test('swift answers stored bytes as HTML without a byte, hides all else from pages, and needs a signed preflight', async () => {
  const { client, store } = await startStore({ mimic: 'swift' });
  const origin = 'https://page.example';
  const from = async (method: string, path: string, body?: string) =>
    fetch(await client.presign(path, { method }), { method, headers: { origin }, ...(body !== undefined && { body }) });
  const put = await from('PUT', 'uploads/a', 'x');
  expect([put.status, put.headers.get('content-type'), put.headers.get('content-length')]).toEqual([
    200,
    'text/html; charset=UTF-8',
    '0',
  ]);
  expect(put.headers.get('access-control-allow-origin')).toBe('*');
  expect((await from('POST', 'uploads/b?uploads')).headers.get('access-control-allow-origin')).toBeNull();
  const asked = { origin, 'access-control-request-method': 'PUT' };
  const bare = await fetch(`${store.endpoint}/uploads/a`, { method: 'OPTIONS', headers: asked });
  const signed = await fetch(await client.presign('uploads/a', { method: 'PUT' }), {
    method: 'OPTIONS',
    headers: asked,
  });
  expect([bare.status, signed.status]).toEqual([400, 200]);
});

test('swift finds the ETag of a source in parts never, and that of another one always', async () => {
  for (const [mimic, expected] of [
    ['aws', ['200', '200']],
    ['swift', ['200', '412 PreconditionFailed']],
  ] as const) {
    const { client } = await startStore({ mimic });
    await client.put('uploads/single', 'x');
    const uploadId = await client.createUpload('uploads/parts');
    const part = await client.uploadPart('uploads/parts', uploadId, 1, 'hello');
    await client.complete('uploads/parts', uploadId, [[1, part.headers.get('etag')]]);
    const copies = ['single', 'parts'].map(async (key) => {
      const { headers } = await client.send(`uploads/${key}`, { method: 'HEAD' });
      const source = {
        'x-amz-copy-source': `/uploads/${key}`,
        'x-amz-copy-source-if-match': headers.get('etag') ?? '',
      };
      return outcome(client.send(`uploads/copy-of-${key}`, { method: 'PUT', headers: source }));
    });
    expect(await Promise.all(copies), mimic).toEqual(expected);
  }
});

test('swift takes a part after Complete; if it is another one, HEAD says that all is well, and no byte is given', async () => {
  for (const [mimic, expected] of [
    ['aws', ['404 NoSuchUpload', '200', '200', '200']],
    ['swift', ['200', '200', '409 BrokenMPU', '409 BrokenMPU']],
  ] as const) {
    const { client } = await startStore({ mimic });
    const uploadId = await client.createUpload('uploads/a');
    const part = await client.uploadPart('uploads/a', uploadId, 1, 'hello');
    await client.complete('uploads/a', uploadId, [[1, part.headers.get('etag')]]);
    const ask = async (more: string) => [
      await outcome(client.uploadPart('uploads/a', uploadId, 1, more)),
      ...[await outcome(client.send('uploads/a', { method: 'HEAD' })), await outcome(client.send('uploads/a'))],
      await outcome(client.send('uploads/b', { method: 'PUT', headers: { 'x-amz-copy-source': '/uploads/a' } })),
    ];
    expect((await ask('hello')).slice(1), mimic).toEqual(['200', '200', '200']);
    expect(await ask('other'), mimic).toEqual(expected);
  }
});

test('r2 takes the region auto, beside its own', async () => {
  const { store } = await startStore({ mimic: 'r2' });
  const other = await startStore();
  const put = (to: typeof store) => outcome(new Client({ ...to, region: 'auto' }).put('uploads/a', 'x'));
  expect([await put(store), await put(other.store)]).toEqual(['200', '400 AuthorizationHeaderMalformed']);
});

test('what is not kept is refused, whatever the store that is mimicked does with it', async () => {
  const { client } = await startStore();
  for (const header of [
    { 'x-amz-storage-class': 'GLACIER' },
    { 'x-amz-server-side-encryption': 'aws:kms' },
    { 'x-amz-grant-read': 'id=1' },
    { 'x-amz-website-redirect-location': '/b' },
    { 'x-amz-expected-bucket-owner': '111122223333' },
    { 'x-amz-tagging': 'a=b' },
  ])
    expect(await outcome(client.put('uploads/a', 'x', header)), JSON.stringify(header)).toBe('501 NotImplemented');
  expect(await outcome(client.put('uploads/a', 'x', { 'x-amz-storage-class': 'STANDARD' }))).toBe('200');
});

test('metadata of a signed query is kept where the store does so', async () => {
  for (const [mimic, kept] of [
    ['aws', 'blue'],
    ['swift', null],
  ] as const) {
    const { client } = await startStore({ mimic });
    await fetch(await client.presign('uploads/a?x-amz-meta-colour=blue', { method: 'PUT' }), {
      method: 'PUT',
      body: 'x',
    });
    expect((await client.send('uploads/a', { method: 'HEAD' })).headers.get('x-amz-meta-colour')).toBe(kept);
  }
});
