import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Client, element, elements, outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const MiB = 1024 * 1024;
const KEY = 'uploads/video.mp4';

/** Sends parts and returns them as Complete wants them. */
async function sendParts(client: Client, uploadId: string, bodies: readonly Buffer<ArrayBuffer>[]) {
  const parts: [number, string | null][] = [];
  for (const [index, body] of bodies.entries()) {
    const response = await client.uploadPart(KEY, uploadId, index + 1, body);
    parts.push([index + 1, response.headers.get('etag')]);
  }
  return parts;
}

test('makes an object of parts, with an ETag made of theirs', async () => {
  const { store, client } = await startStore();
  const bodies = [randomBytes(5 * MiB), randomBytes(5 * MiB + 1), randomBytes(1)];
  const uploadId = await client.createUpload(KEY, { 'content-type': 'video/mp4', 'x-amz-meta-owner': 'ada' });
  const parts = await sendParts(client, uploadId, bodies);
  const response = await client.complete(KEY, uploadId, parts);
  const md5s = bodies.map((body) => createHash('md5').update(body).digest());
  const etag = `${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-3`;
  expect(element(await response.text(), 'ETag')).toBe(`&quot;${etag}&quot;`);
  expect(store.objects('uploads')).toMatchObject([
    { key: 'video.mp4', size: 10 * MiB + 2, etag, headers: { 'content-type': 'video/mp4', 'x-amz-meta-owner': 'ada' } },
  ]);
  const whole = Buffer.concat(bodies);
  const range = { range: `bytes=${5 * MiB - 2}-${10 * MiB + 1}` };
  const seam = Buffer.from(await (await client.send(KEY, { headers: range })).arrayBuffer());
  expect(seam.equals(whole.subarray(5 * MiB - 2, 10 * MiB + 2))).toBe(true);
  expect(await store.sha256('uploads', 'video.mp4')).toBe(createHash('sha256').update(whole).digest('hex'));
  expect(store.multipartUploads('uploads')).toEqual([]);
});

test('keeps the last body that was sent for a part, and drops parts that are not named', async () => {
  const { store, client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload(KEY);
  await client.uploadPart(KEY, uploadId, 1, 'old');
  const [one] = await sendParts(client, uploadId, [Buffer.from('new'), Buffer.from('dropped')]);
  const three = await client.uploadPart(KEY, uploadId, 3, 'end');
  await client.complete(KEY, uploadId, [one ?? [1, null], [3, three.headers.get('etag')]]);
  expect(await (await client.send(KEY)).text()).toBe('newend');
  expect(store.objects('uploads')).toMatchObject([{ size: 6 }]);
});

test('answers a repeated Complete as it did the first time', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload(KEY);
  const parts = await sendParts(client, uploadId, [Buffer.from('a'), Buffer.from('b')]);
  const first = await (await client.complete(KEY, uploadId, parts)).text();
  const second = await client.complete(KEY, uploadId, parts);
  expect([second.status, await second.text()]).toEqual([200, first]);
  expect(await outcome(client.complete(KEY, uploadId, parts.slice(1)))).toBe('404 NoSuchUpload');
  expect(await outcome(client.complete('uploads/other', uploadId, parts))).toBe('404 NoSuchUpload');
});

test('lets one of several Completes at once make the object, and answers all alike', async () => {
  const { client, store } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload(KEY);
  const parts = await sendParts(client, uploadId, [Buffer.from('a'), Buffer.from('b')]);
  const responses = await Promise.all(Array.from({ length: 5 }, () => client.complete(KEY, uploadId, parts)));
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(store.objects('uploads')).toHaveLength(1);
});

test('refuses a part below 5 MiB, unless it is the last', async () => {
  const { store, client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  const parts = await sendParts(client, uploadId, [randomBytes(5 * MiB - 1), randomBytes(1)]);
  const response = await client.complete(KEY, uploadId, parts);
  const text = await response.text();
  expect([response.status, element(text, 'Code'), element(text, 'PartNumber')]).toEqual([400, 'EntityTooSmall', '1']);
  expect(store.objects('uploads')).toEqual([]);
  expect(await outcome(client.complete(KEY, uploadId, parts.slice(0, 1)))).toBe('200');
});

test('refuses to complete with what is not as it was sent', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload(KEY);
  const [one = [1, ''], two = [2, '']] = await sendParts(client, uploadId, [Buffer.from('a'), Buffer.from('b')]);
  const complete = (parts: readonly (readonly [number, string | null])[]) =>
    outcome(client.complete(KEY, uploadId, parts));
  expect(await complete([two, one])).toBe('400 InvalidPartOrder');
  expect(await complete([one, one])).toBe('400 InvalidPartOrder');
  expect(await complete([one, [2, one[1] ?? '']])).toBe('400 InvalidPart');
  expect(await complete([one, two, [3, '"00"']])).toBe('400 InvalidPart');
  expect(await complete([[0, '"00"']])).toBe('400 InvalidArgument');
  expect(await complete([])).toBe('400 MalformedXML');
  expect(await complete([one, two])).toBe('200');
});

test.each([
  'not xml',
  '<CompleteMultipartUpload>',
  '<Other><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></Other>',
  '<CompleteMultipartUpload><Part><PartNumber>one</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>',
  '<!DOCTYPE a [<!ENTITY b "c">]><CompleteMultipartUpload/>',
  '<a>'.repeat(5000) + '</a>'.repeat(5000),
])('refuses to complete with %.60s', async (body) => {
  const { client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  const response = client.send(`${KEY}?uploadId=${uploadId}`, { method: 'POST', body });
  expect(await outcome(response)).toBe('400 MalformedXML');
});

test('reads ETags however they are quoted, and names with a namespace', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload(KEY);
  const parts = await sendParts(client, uploadId, [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]);
  const bare = parts.map(([, etag]) => etag?.replaceAll('"', '') ?? '');
  const forms = [`&quot;${bare[0]}&quot;`, `&#34;${bare[1]}&#x22;`, bare[2]];
  const list = forms.map((etag, i) => `<Part><ETag>${etag}</ETag><PartNumber>${i + 1}</PartNumber></Part>`).join('\n');
  const body = `<?xml version="1.0"?><CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list}</CompleteMultipartUpload>`;
  expect(await outcome(client.send(`${KEY}?uploadId=${uploadId}`, { method: 'POST', body }))).toBe('200');
});

test.each(['0', '10001', '-1', 'two', '1.5', ''])('refuses the part number "%s"', async (partNumber) => {
  const { client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  const response = client.put(`${KEY}?partNumber=${partNumber}&uploadId=${uploadId}`, 'x');
  expect(await outcome(response)).toBe('400 InvalidArgument');
});

test('takes part 10,000', async () => {
  const { client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  expect((await client.uploadPart(KEY, uploadId, 10_000, 'x')).status).toBe(200);
});

test('knows nothing of an upload that was aborted, or is of another key', async () => {
  const { store, client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  await client.uploadPart(KEY, uploadId, 1, 'x');
  expect(await outcome(client.uploadPart('uploads/other', uploadId, 1, 'x'))).toBe('404 NoSuchUpload');
  expect((await client.send(`${KEY}?uploadId=${uploadId}`, { method: 'DELETE' })).status).toBe(204);
  expect(await outcome(client.uploadPart(KEY, uploadId, 1, 'x'))).toBe('404 NoSuchUpload');
  expect(await outcome(client.send(`${KEY}?uploadId=${uploadId}`))).toBe('404 NoSuchUpload');
  expect(await outcome(client.complete(KEY, uploadId, [[1, '"x"']]))).toBe('404 NoSuchUpload');
  expect(await outcome(client.send(`${KEY}?uploadId=${uploadId}`, { method: 'DELETE' }))).toBe('404 NoSuchUpload');
  expect(store.multipartUploads('uploads')).toEqual([]);
});

test('lists parts page by page', async () => {
  const { client } = await startStore();
  const uploadId = await client.createUpload(KEY);
  for (const number of [7, 2, 9, 4, 1]) await client.uploadPart(KEY, uploadId, number, 'x'.repeat(number));
  const pages: string[][] = [];
  let marker = '0';
  for (let truncated = true; truncated; ) {
    const path = `${KEY}?uploadId=${uploadId}&max-parts=2&part-number-marker=${marker}`;
    const text = await (await client.send(path)).text();
    pages.push(elements(text, 'PartNumber').map((number, i) => `${number}:${elements(text, 'Size')[i]}`));
    marker = element(text, 'NextPartNumberMarker') ?? '';
    truncated = element(text, 'IsTruncated') === 'true';
  }
  expect(pages).toEqual([['1:1', '2:2'], ['4:4', '7:7'], ['9:9']]);
  expect(await outcome(client.send(`${KEY}?uploadId=${uploadId}&max-parts=many`))).toBe('400 InvalidArgument');
});
