import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import { startStore } from '../test-support/start-store.ts';

async function folderWith(...files: string[]): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  for (const file of files) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), 'somebody else wrote this');
  }
  return path;
}

test.each(['buckets/photos/2024/wedding.jpg', 'notes.txt', 'mock-s3.json.bak', 'buckets/photos/bucket.json'])(
  'refuses a folder that holds %s, and touches nothing in it',
  async (file) => {
    const dataDir = await folderWith(file);
    const before = await readdir(dataDir, { recursive: true });
    const error = await createMockS3({ dataDir, buckets: ['photos'] }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'data-dir-not-own',
      message: expect.stringContaining('Nothing in it was touched'),
    });
    expect(await readdir(dataDir, { recursive: true })).toEqual(before);
    expect(await readFile(join(dataDir, file), 'utf8')).toBe('somebody else wrote this');
  },
);

test('takes an empty folder, marks it, and knows it again', async () => {
  const dataDir = await folderWith('.gitkeep');
  const first = await createMockS3({ dataDir, buckets: ['photos'] });
  await first.close();
  expect(await readdir(dataDir)).toContain('mock-s3.json');
  expect((await stat(join(dataDir, 'mock-s3.json'))).mode & 0o077).toBe(0);
  const { store } = await startStore({ dataDir });
  expect(store.buckets()).toEqual(['photos', 'uploads']);
});

test('leaves alone what somebody has put beside its own files', async () => {
  const dataDir = await folderWith();
  await (await createMockS3({ dataDir, buckets: ['photos'] })).close();
  const others = ['buckets/holiday/2024/beach.jpg', 'buckets/photos/blobs/beach.jpg', 'beach.jpg'];
  for (const file of others) {
    await mkdir(dirname(join(dataDir, file)), { recursive: true });
    await writeFile(join(dataDir, file), 'sand');
  }
  // What a crash has left of a bucket that was being made is its own.
  await mkdir(join(dataDir, 'buckets/.new-films/blobs'), { recursive: true });
  await startStore({ dataDir });
  for (const file of others) expect(await readFile(join(dataDir, file), 'utf8')).toBe('sand');
  expect(await readdir(join(dataDir, 'buckets'))).not.toContain('.new-films');
});

test('has random keys, the same ones for the same folder', async () => {
  const dataDir = await folderWith();
  const first = await createMockS3({ dataDir });
  const { credentials } = first;
  await first.close();
  const again = await startStore({ dataDir });
  expect(again.store.credentials).toEqual(credentials);
  const other = await startStore();
  expect(other.store.credentials[0].accessKeyId).not.toBe(credentials[0].accessKeyId);
  expect(other.store.credentials[0].secretAccessKey).toMatch(/^[\w-]{40}$/);
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'store.example'])(
  'does not listen on %s with keys that are made up',
  async (host) => {
    const error = await createMockS3({ host }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'invalid-option', message: expect.stringContaining('keys of your own') });
  },
);

test('listens on all addresses with keys of its own', async () => {
  const credentials = [{ accessKeyId: 'mine', secretAccessKey: 'a secret' }];
  const { store } = await startStore({ host: '0.0.0.0', credentials });
  expect(store.credentials).toEqual(credentials);
});
