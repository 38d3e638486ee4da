import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMockS3 } from '../../start/create-mock-s3.ts';
import type { MockS3Options } from '../../start/options.ts';
import { Client, element, elements, outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const setVersioning = (client: Client, status: string) =>
  client.put('uploads?versioning', `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`);

async function versioned(options: MockS3Options = {}) {
  const { store, client } = await startStore(options);
  await setVersioning(client, 'Enabled');
  return { store, client };
}

const versionOf = (response: Response) => response.headers.get('x-amz-version-id') ?? 'none';

test('keeps what is replaced, and reads, copies and deletes each version by its id', async () => {
  const { client } = await versioned();
  const first = versionOf(await client.put('uploads/a', 'one'));
  const second = versionOf(await client.put('uploads/a', 'two'));
  expect(await (await client.send('uploads/a')).text()).toBe('two');
  expect(await (await client.send(`uploads/a?versionId=${first}`)).text()).toBe('one');
  await client.put('uploads/b', '', { 'x-amz-copy-source': `uploads/a?versionId=${first}` });
  expect(await (await client.send('uploads/b')).text()).toBe('one');
  await client.send(`uploads/a?versionId=${second}`, { method: 'DELETE' });
  expect(await (await client.send('uploads/a')).text()).toBe('one');
  await client.put('uploads/a', 'three');
  await client.put('uploads/a', '', { 'x-amz-copy-source': `uploads/a?versionId=${first}` });
  expect(await (await client.send('uploads/a')).text()).toBe('one');
  expect(await outcome(client.send(`uploads/a?versionId=${second}`))).toBe('404 NoSuchVersion');
});

test('covers a deleted object with a marker, which can be deleted too', async () => {
  const { client, store } = await versioned();
  await client.put('uploads/a', 'one');
  const marker = await client.send('uploads/a', { method: 'DELETE' });
  expect(marker.headers.get('x-amz-delete-marker')).toBe('true');
  expect(await outcome(client.send('uploads/a'))).toBe('404 NoSuchKey');
  expect(store.objects('uploads')).toEqual([]);
  const listed = await (await client.send('uploads?versions')).text();
  expect([elements(listed, 'Version').length, elements(listed, 'DeleteMarker').length]).toEqual([1, 1]);
  expect(elements(listed, 'IsLatest')).toEqual(['true', 'false']);
  expect(await outcome(client.send(`uploads/a?versionId=${versionOf(marker)}`))).toBe('405 MethodNotAllowed');
  expect(await outcome(client.send('uploads', { method: 'DELETE' }))).toBe('409 BucketNotEmpty');
  await client.send(`uploads/a?versionId=${versionOf(marker)}`, { method: 'DELETE' });
  expect(await (await client.send('uploads/a')).text()).toBe('one');
});

test('replaces only the version without an id once versioning is suspended', async () => {
  const { client } = await versioned();
  const kept = versionOf(await client.put('uploads/a', 'kept'));
  await setVersioning(client, 'Suspended');
  expect(versionOf(await client.put('uploads/a', 'one'))).toBe('none');
  await client.put('uploads/a', 'two');
  const listed = await (await client.send('uploads?versions')).text();
  expect(elements(listed, 'VersionId')).toEqual(['null', kept]);
  expect(await (await client.send('uploads/a?versionId=null')).text()).toBe('two');
});

test('lists versions page by page, newest first', async () => {
  const { client } = await versioned();
  const ids: string[] = [];
  for (const body of ['1', '2', '3']) ids.unshift(versionOf(await client.put('uploads/a', body)));
  const page = await (await client.send('uploads?versions&max-keys=2')).text();
  expect(elements(page, 'VersionId')).toEqual(ids.slice(0, 2));
  const marker = `key-marker=a&version-id-marker=${element(page, 'NextVersionIdMarker')}`;
  expect(elements(await (await client.send(`uploads?versions&${marker}`)).text(), 'VersionId')).toEqual(ids.slice(2));
});

test('has all versions again after a restart, and leaves no blob behind', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const before = await createMockS3({ dataDir, buckets: ['uploads'] });
  const client = new Client(before);
  await client.put('uploads/a', 'null');
  await setVersioning(client, 'Enabled');
  const first = versionOf(await client.put('uploads/a', 'one'));
  await client.send('uploads/a', { method: 'DELETE' });
  await before.close();

  const { store, client: again } = await startStore({ dataDir });
  const listed = await (await again.send('uploads?versions')).text();
  expect(elements(listed, 'VersionId').slice(1)).toEqual([first, 'null']);
  expect(await (await again.send(`uploads/a?versionId=${first}`)).text()).toBe('one');
  for (const id of elements(listed, 'VersionId')) await again.send(`uploads/a?versionId=${id}`, { method: 'DELETE' });
  expect(await readdir(join(store.dataDir, 'buckets/uploads/blobs'))).toEqual([]);
  expect(await readdir(join(store.dataDir, 'buckets/uploads/objects'))).toEqual([]);
});

test.each([
  ['an ETag', { 'if-match': '"other"' }, '<ETag>other</ETag>'],
  [
    'a time',
    { 'x-amz-if-match-last-modified-time': new Date(0).toUTCString() },
    '<LastModifiedTime>1970-01-01T00:00:00Z</LastModifiedTime>',
  ],
  ['a size', { 'x-amz-if-match-size': '9' }, '<Size>9</Size>'],
])('deletes only what has %s that was named', async (_, headers, condition) => {
  const { client, store } = await startStore();
  await client.put('uploads/a', 'one');
  expect(await outcome(client.send('uploads/a', { method: 'DELETE', headers }))).toBe('412 PreconditionFailed');
  const body = `<Delete><Object><Key>a</Key>${condition}</Object></Delete>`;
  const response = await (await client.send('uploads?delete', { method: 'POST', body })).text();
  expect(element(response, 'Code')).toBe('PreconditionFailed');
  expect(store.objects('uploads')).toHaveLength(1);
  await client.send('uploads/none', { method: 'DELETE', headers });
});

test('pages through the parts of an object, each with its checksum', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload('uploads/a', { 'x-amz-checksum-algorithm': 'CRC32' });
  const parts: string[] = [];
  for (const [index, body] of ['one', 'two', 'three'].entries()) {
    const path = `uploads/a?partNumber=${index * 2 + 1}&uploadId=${uploadId}`;
    const { headers } = await client.put(path, body, { 'x-amz-checksum-crc32': CRC32[body] ?? '' });
    const named = `<ETag>${headers.get('etag')}</ETag><ChecksumCRC32>${CRC32[body]}</ChecksumCRC32>`;
    parts.push(`<Part><PartNumber>${index * 2 + 1}</PartNumber>${named}</Part>`);
  }
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  expect(await outcome(client.send(`uploads/a?uploadId=${uploadId}`, { method: 'POST', body }))).toBe('200');
  const headers = { 'x-amz-object-attributes': 'ObjectParts', 'x-amz-max-parts': '2', 'x-amz-part-number-marker': '1' };
  const text = await (await client.send('uploads/a?attributes', { headers })).text();
  expect(elements(text, 'PartNumber')).toEqual(['3', '5']);
  expect(elements(text, 'Size')).toEqual(['3', '5']);
  expect(elements(text, 'ChecksumCRC32')).toEqual([CRC32['two'], CRC32['three']]);
  expect([element(text, 'PartsCount'), element(text, 'IsTruncated')]).toEqual(['3', 'false']);
  const part = await client.send('uploads/a?partNumber=2', { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  expect(part.headers.get('x-amz-checksum-crc32')).toBe(CRC32['two']);
});

/** Computed with `zlib.crc32` of Python. */
const CRC32: Readonly<Record<string, string>> = { one: 'emyG8Q==', two: 'EcqKZg==', three: 'RsXY9Q==' };
