import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import { Client } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';

async function dataFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test.each([false, true])('has everything again after a restart (fsync: %s)', async (fsync) => {
  const dataDir = await dataFolder();
  const options = { dataDir, fsync, minPartSize: 1, buckets: ['uploads'] };
  const before = await createMockS3(options);
  const client = new Client(before);
  await client.put('uploads/a', 'hello', { 'x-amz-meta-owner': 'ada' });
  const done = await client.createUpload('uploads/done');
  const doneParts = [[1, (await client.uploadPart('uploads/done', done, 1, 'x')).headers.get('etag')]] as const;
  await client.complete('uploads/done', done, doneParts);
  const open = await client.createUpload('uploads/open');
  const openParts = [[1, (await client.uploadPart('uploads/open', open, 1, 'one')).headers.get('etag')]] as const;
  const [objects, uploads] = [before.objects('uploads'), before.multipartUploads('uploads')];
  await before.close();

  const { store, client: again } = await startStore(options);
  expect(store.objects('uploads')).toEqual(objects);
  expect(store.multipartUploads('uploads')).toEqual(uploads);
  expect((await again.complete('uploads/done', done, doneParts)).status).toBe(200);
  expect((await again.complete('uploads/open', open, openParts)).status).toBe(200);
  expect(await (await again.send('uploads/open')).text()).toBe('one');
});

test('clears away what a crash left, and nothing else', async () => {
  const dataDir = await dataFolder();
  const options = { dataDir, buckets: ['uploads'] };
  const before = await createMockS3(options);
  await new Client(before).put('uploads/a', 'hello');
  await before.close();
  const bucket = join(dataDir, 'buckets/uploads');
  await writeFile(join(bucket, 'blobs', 'f'.repeat(32)), 'an upload that was cut off');
  await writeFile(join(bucket, 'objects', 'half.json.0123.tmp'), '{"key":');
  await mkdir(join(bucket, 'uploads', 'without-record'));
  await writeFile(join(dataDir, 'mine.txt'), 'not of the store');

  const { store } = await startStore(options);
  expect(store.objects('uploads')).toHaveLength(1);
  expect(await readdir(join(bucket, 'blobs'))).toHaveLength(1);
  expect(await readdir(join(bucket, 'objects'))).toHaveLength(1);
  expect(await readdir(join(bucket, 'uploads'))).toEqual([]);
  expect(await readdir(dataDir)).toContain('mine.txt');
});

test('goes on with a download of an object that is replaced or deleted meanwhile', async () => {
  const { store, client } = await startStore();
  const old = Buffer.alloc(8 * 1024 * 1024, 'old');
  await client.put('uploads/a', old);
  const download = await client.send('uploads/a');
  await client.put('uploads/a', 'new');
  await client.send('uploads/a', { method: 'DELETE' });
  const bytes = Buffer.from(await download.arrayBuffer());
  expect(createHash('md5').update(bytes).digest('hex')).toBe(createHash('md5').update(old).digest('hex'));
  await store.journal.ended({ operation: 'GetObject' });
  await store.close();
});

test('leaves no blob behind when objects and parts are replaced, aborted and deleted', async () => {
  const { store, client } = await startStore();
  await client.put('uploads/a', 'one');
  await client.put('uploads/a', 'two');
  await client.send('uploads/a', { method: 'DELETE' });
  const uploadId = await client.createUpload('uploads/b');
  await client.uploadPart('uploads/b', uploadId, 1, 'one');
  await client.uploadPart('uploads/b', uploadId, 1, 'two');
  await client.send(`uploads/b?uploadId=${uploadId}`, { method: 'DELETE' });
  expect(await readdir(join(store.dataDir, 'buckets/uploads/blobs'))).toEqual([]);
});

test('deletes its temporary folder on close, and never a given one', async () => {
  const dataDir = await dataFolder();
  const [temporary, given] = [await createMockS3(), await createMockS3({ dataDir })];
  await Promise.all([temporary.close(), given.close()]);
  await expect(readdir(temporary.dataDir)).rejects.toThrow('ENOENT');
  expect(await readdir(dataDir)).toEqual(['buckets', 'mock-s3.json']);
});

test('says in words why it can not start', async () => {
  const dataDir = await dataFolder();
  await writeFile(join(dataDir, 'file'), '');
  await expect(createMockS3({ dataDir: join(dataDir, 'file') })).rejects.toMatchObject({ code: 'data-dir-unusable' });
  await expect(createMockS3({ dataDir: '/proc/1/data/deep' })).rejects.toMatchObject({ code: 'data-dir-unusable' });
  await expect(createMockS3({ buckets: ['Not A Bucket'] })).rejects.toMatchObject({ code: 'invalid-option' });
  const { store } = await startStore();
  await expect(createMockS3({ port: store.port })).rejects.toMatchObject({
    code: 'port-taken',
    message: expect.stringContaining(`Port ${store.port}`),
  });
});
