import { expect, test } from 'vitest';
import { ALGORITHMS, type ChecksumAlgorithm, checksumElement, checksumHeader } from '../checksum/algorithm.ts';
import { combineCrcs } from '../checksum/combine-crc.ts';
import { createHasher } from '../checksum/hasher.ts';
import { type Client, element, outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';

/** Of the nine digits that catalogues of checksums use. */
const CHECK = {
  CRC32: 'y/Q5Jg==',
  CRC32C: '4waSgw==',
  CRC64NVME: 'rosUhgp5mIg=',
  SHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
  SHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
} as const satisfies Record<ChecksumAlgorithm, string>;

const BODY = '123456789';

async function checksum(algorithm: ChecksumAlgorithm, text: string): Promise<string> {
  const hasher = await createHasher(algorithm);
  hasher.update(Buffer.from(text));
  return hasher.digest();
}

test.each(ALGORITHMS)('verifies %s, keeps it and tells it', async (algorithm) => {
  const { client, store } = await startStore();
  const header = checksumHeader(algorithm);
  const put = await client.put('uploads/a', BODY, { [header]: CHECK[algorithm] });
  expect([put.status, put.headers.get(header)]).toEqual([200, CHECK[algorithm]]);
  expect(await outcome(client.put('uploads/b', 'other bytes', { [header]: CHECK[algorithm] }))).toBe('400 BadDigest');
  expect(await outcome(client.put('uploads/b', BODY, { [header]: 'AAAA' }))).toBe('400 InvalidRequest');
  expect(store.objects('uploads')).toHaveLength(1);
  const head = await client.send('uploads/a', { method: 'HEAD', headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  expect(head.headers.get(header)).toBe(CHECK[algorithm]);
  expect((await client.send('uploads/a', { method: 'HEAD' })).headers.get(header)).toBeNull();
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
  'combines %s of parts into that of the whole',
  async (algorithm) => {
    const parts = ['', 'a', 'x'.repeat(70_000), 'the last one'];
    const runs = await Promise.all(
      parts.map(async (part) => ({ checksum: await checksum(algorithm, part), size: Buffer.byteLength(part) })),
    );
    expect(combineCrcs(algorithm, runs)).toBe(await checksum(algorithm, parts.join('')));
  },
);

/** Creates an upload with a checksum, and sends two parts. @returns What Complete names of them. */
async function sendParts(client: Client, algorithm: ChecksumAlgorithm, type?: string) {
  const uploadId = await client.createUpload('uploads/a', {
    'x-amz-checksum-algorithm': algorithm,
    ...(type && { 'x-amz-checksum-type': type }),
  });
  const named = await Promise.all(
    ['12345', '6789'].map(async (text, index) => {
      const value = await checksum(algorithm, text);
      const path = `uploads/a?partNumber=${index + 1}&uploadId=${uploadId}`;
      const response = await client.put(path, text, { [checksumHeader(algorithm)]: value });
      const name = checksumElement(algorithm);
      return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${response.headers.get('etag')}</ETag><${name}>${value}</${name}></Part>`;
    }),
  );
  return { uploadId, named };
}

function complete(client: Client, uploadId: string, named: readonly string[], headers = {}): Promise<Response> {
  const body = `<CompleteMultipartUpload>${named.join('')}</CompleteMultipartUpload>`;
  return client.send(`uploads/a?uploadId=${uploadId}`, { method: 'POST', body, headers });
}

test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)('makes a composite %s of parts', async (algorithm) => {
  const { client } = await startStore({ minPartSize: 1 });
  const { uploadId, named } = await sendParts(client, algorithm);
  const text = await (await complete(client, uploadId, named)).text();
  expect(element(text, checksumElement(algorithm))).toMatch(/^[A-Za-z0-9+/=]+-2$/);
  expect(element(text, 'ChecksumType')).toBe('COMPOSITE');
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('makes a full %s of parts', async (algorithm) => {
  const { client, store } = await startStore({ minPartSize: 1 });
  const { uploadId, named } = await sendParts(client, algorithm, 'FULL_OBJECT');
  const header = checksumHeader(algorithm);
  const wrong = await checksum(algorithm, 'something else');
  expect(await outcome(complete(client, uploadId, named, { [header]: wrong }))).toBe('400 BadDigest');
  expect(await outcome(complete(client, uploadId, named, { 'x-amz-checksum-type': 'COMPOSITE' }))).toBe(
    '400 InvalidRequest',
  );
  expect(store.objects('uploads')).toEqual([]);
  const response = await complete(client, uploadId, named, { [header]: CHECK[algorithm] });
  expect(element(await response.text(), checksumElement(algorithm))).toBe(CHECK[algorithm]);
  const wanted = { 'x-amz-object-attributes': 'Checksum,ObjectSize,ObjectParts' };
  const attributes = await (await client.send('uploads/a?attributes', { headers: wanted })).text();
  expect(element(attributes, checksumElement(algorithm))).toBe(CHECK[algorithm]);
  expect([element(attributes, 'ObjectSize'), element(attributes, 'PartsCount')]).toEqual(['9', '2']);
});

test('refuses parts that lack the checksum of their upload, and Complete without it', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const { uploadId, named } = await sendParts(client, 'SHA256');
  const part = client.uploadPart('uploads/a', uploadId, 3, 'x');
  expect(await outcome(part)).toBe('400 InvalidRequest');
  const bare = named.map((each) => each.replace(/<ChecksumSHA256>.*<\/ChecksumSHA256>/, ''));
  expect(await outcome(complete(client, uploadId, bare))).toBe('400 InvalidRequest');
  const wrong = named.map((each) => each.replace(/<ChecksumSHA256>./, '<ChecksumSHA256>!'));
  expect(await outcome(complete(client, uploadId, wrong))).toBe('400 InvalidPart');
  expect((await complete(client, uploadId, named)).status).toBe(200);
});

test.each([
  ['SHA256', 'FULL_OBJECT'],
  ['CRC64NVME', 'COMPOSITE'],
  ['CRC32', 'HALF_OBJECT'],
  ['MD4', 'COMPOSITE'],
])('refuses an upload with %s of type %s', async (algorithm, type) => {
  const { client } = await startStore();
  const headers = { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type };
  expect(await outcome(client.send('uploads/a?uploads', { method: 'POST', headers }))).toBe('400 InvalidRequest');
});

test('compares the size of the whole with x-amz-mp-object-size', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const { uploadId, named } = await sendParts(client, 'CRC32');
  expect(await outcome(complete(client, uploadId, named, { 'x-amz-mp-object-size': '8' }))).toBe('400 InvalidRequest');
  expect((await complete(client, uploadId, named, { 'x-amz-mp-object-size': '9' })).status).toBe(200);
});

test('an old gateway passes over checksums', async () => {
  const { client } = await startStore({ mimic: 'ceph-16' });
  const put = await client.put('uploads/a', 'other bytes', { 'x-amz-checksum-crc32': CHECK.CRC32 });
  expect([put.status, put.headers.get('x-amz-checksum-crc32')]).toEqual([200, null]);
});
