import { expect, test } from 'vitest';
import { element, elements, outcome } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

test('writes only where there is nothing, with If-None-Match', async () => {
  const { client, store } = await startStore({ minPartSize: 1 });
  const only = { 'if-none-match': '*' };
  expect((await client.put('uploads/a', 'one', only)).status).toBe(200);
  expect(await outcome(client.put('uploads/a', 'two', only))).toBe('412 PreconditionFailed');
  const uploadId = await client.createUpload('uploads/a');
  const etag = (await client.uploadPart('uploads/a', uploadId, 1, 'x')).headers.get('etag');
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  const path = `uploads/a?uploadId=${uploadId}`;
  expect(await outcome(client.send(path, { method: 'POST', body, headers: only }))).toBe('412 PreconditionFailed');
  await client.send('uploads/a', { method: 'DELETE' });
  expect((await client.send(path, { method: 'POST', body, headers: only })).status).toBe(200);
  expect(store.objects('uploads')).toMatchObject([{ size: 1 }]);
});

test('of many who write at once with If-None-Match, one succeeds', async () => {
  const { client } = await startStore();
  const writes = Array.from({ length: 8 }, (_, n) =>
    outcome(client.put('uploads/a', `${n}`, { 'if-none-match': '*' })),
  );
  const outcomes = await Promise.all(writes);
  expect(outcomes.filter((each) => each === '200')).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(['200', '412 PreconditionFailed']));
});

test('replaces only what it knows, with If-Match', async () => {
  const { client } = await startStore();
  expect(await outcome(client.put('uploads/a', 'x', { 'if-match': '"0"' }))).toBe('404 NoSuchKey');
  const etag = (await client.put('uploads/a', 'one')).headers.get('etag') ?? '';
  expect((await client.put('uploads/a', 'two', { 'if-match': etag })).status).toBe(200);
  expect(await outcome(client.put('uploads/a', 'three', { 'if-match': etag }))).toBe('412 PreconditionFailed');
});

test('copies objects, with their headers or new ones', async () => {
  const { client } = await startStore({ buckets: ['uploads', 'others'] });
  const path = 'uploads/a%20%C3%A9';
  await client.put(path, 'hello', { 'content-type': 'text/plain', 'x-amz-meta-owner': 'ada' });
  const copy = (target: string, headers = {}) =>
    client.send(target, { method: 'PUT', headers: { 'x-amz-copy-source': path, ...headers } });
  expect(element(await (await copy('others/b')).text(), 'ETag')).toBe('&quot;5d41402abc4b2a76b9719d911017c592&quot;');
  expect((await client.send('others/b')).headers.get('x-amz-meta-owner')).toBe('ada');
  await copy('others/c', { 'x-amz-metadata-directive': 'REPLACE', 'content-type': 'text/html' });
  const replaced = await client.send('others/c');
  expect([replaced.headers.get('content-type'), replaced.headers.get('x-amz-meta-owner')]).toEqual(['text/html', null]);
  expect(await replaced.text()).toBe('hello');
  expect(await outcome(copy(path))).toBe('400 InvalidRequest');
  expect(await outcome(copy('others/d', { 'x-amz-copy-source': 'uploads/none' }))).toBe('404 NoSuchKey');
  expect(await outcome(copy('others/d', { 'x-amz-copy-source': 'nothing' }))).toBe('400 InvalidArgument');
  const unless = { 'x-amz-copy-source-if-none-match': '"5d41402abc4b2a76b9719d911017c592"' };
  expect(await outcome(copy('others/d', unless))).toBe('412 PreconditionFailed');
});

test('makes parts of ranges of objects', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  await client.put('uploads/source', 'hello world');
  const uploadId = await client.createUpload('uploads/a');
  const copyPart = (n: number, range: string) =>
    client.send(`uploads/a?partNumber=${n}&uploadId=${uploadId}`, {
      method: 'PUT',
      headers: { 'x-amz-copy-source': '/uploads/source', 'x-amz-copy-source-range': range },
    });
  const etags = await Promise.all(
    ['bytes=6-10', 'bytes=0-4'].map(async (range, index) => {
      const text = await (await copyPart(index + 1, range)).text();
      return [index + 1, element(text, 'ETag')?.replaceAll('&quot;', '"') ?? null] as const;
    }),
  );
  expect(await outcome(copyPart(3, 'bytes=0-11'))).toBe('400 InvalidArgument');
  expect(await outcome(copyPart(3, 'everything'))).toBe('400 InvalidArgument');
  await client.complete('uploads/a', uploadId, etags);
  expect(await (await client.send('uploads/a')).text()).toBe('worldhello');
});

test('makes parts of ranges of small objects where the store does', async () => {
  const copyTo = async (mimic: 'aws' | 'ceph') => {
    const { client } = await startStore({ mimic });
    await client.put('uploads/source', 'hello world');
    const uploadId = await client.createUpload('uploads/a');
    const headers = { 'x-amz-copy-source': '/uploads/source', 'x-amz-copy-source-range': 'bytes=6-10' };
    return outcome(client.send(`uploads/a?partNumber=1&uploadId=${uploadId}`, { method: 'PUT', headers }));
  };
  expect(await copyTo('aws')).toBe('400 InvalidRequest');
  expect(await copyTo('ceph')).toMatch(/^200/);
});

test('deletes many objects at once', async () => {
  const { client, store } = await startStore();
  for (const key of ['a', 'b%26', 'c']) await client.put(`uploads/${key}`, 'x');
  const body =
    '<Delete><Object><Key>a</Key></Object><Object><Key>b&amp;</Key></Object><Object><Key>z</Key></Object></Delete>';
  const result = await client.send('uploads?delete', { method: 'POST', body });
  expect(elements(await result.text(), 'Key')).toEqual(['a', 'b&amp;', 'z']);
  expect(store.objects('uploads')).toMatchObject([{ key: 'c' }]);
  const quiet = '<Delete><Quiet>true</Quiet><Object><Key>c</Key></Object></Delete>';
  expect(await (await client.send('uploads?delete', { method: 'POST', body: quiet })).text()).not.toContain('Deleted');
  expect(await outcome(client.send('uploads?delete', { method: 'POST', body: '<Delete/>' }))).toBe('400 MalformedXML');
});

test('gives one part of an object', async () => {
  const { client } = await startStore({ minPartSize: 1 });
  const uploadId = await client.createUpload('uploads/a');
  const etags = await Promise.all(
    ['one', 'three'].map(
      async (text, index) =>
        [index + 1, (await client.uploadPart('uploads/a', uploadId, index + 1, text)).headers.get('etag')] as const,
    ),
  );
  await client.complete('uploads/a', uploadId, etags);
  const part = await client.send('uploads/a?partNumber=2');
  expect([part.status, part.headers.get('content-range'), part.headers.get('x-amz-mp-parts-count')]).toEqual([
    206,
    'bytes 3-7/8',
    '2',
  ]);
  expect(await part.text()).toBe('three');
  expect(await outcome(client.send('uploads/a?partNumber=3'))).toBe('416 InvalidPartNumber');
});

test('lists in version 1, page by page', async () => {
  const { client } = await startStore();
  for (const key of ['a', 'b/1', 'b/2', 'c']) await client.put(`uploads/${key}`, 'x');
  const first = await (await client.send('uploads?delimiter=/&max-keys=2')).text();
  expect([elements(first, 'Key'), elements(first, 'NextMarker')]).toEqual([['a'], ['b/']]);
  const second = await (await client.send('uploads?delimiter=/&marker=b/')).text();
  expect([elements(second, 'Key'), element(second, 'IsTruncated')]).toEqual([['c'], 'false']);
});

test.each([
  ['r2', '400 InvalidPart', '404 NoSuchUpload'],
  ['minio', '200', '404 NoSuchUpload'],
  ['aws', '200', '200'],
] as const)('behaves like %s about unequal parts and a repeated Complete', async (mimic, unequal, repeated) => {
  const { client } = await startStore({ mimic, minPartSize: 1 });
  const send = async (sizes: readonly number[]) => {
    const uploadId = await client.createUpload('uploads/a');
    const parts = await Promise.all(
      sizes.map(async (size, index) => {
        const response = await client.uploadPart('uploads/a', uploadId, index + 1, 'x'.repeat(size));
        return [index + 1, response.headers.get('etag')] as const;
      }),
    );
    return () => outcome(client.complete('uploads/a', uploadId, parts));
  };
  expect(await (await send([1, 2, 1]))()).toBe(unequal);
  const complete = await send([2, 2, 1]);
  expect([await complete(), await complete()]).toEqual(['200', repeated]);
});
