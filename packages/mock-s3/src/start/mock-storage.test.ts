import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { built } from '../test-support/built.ts';
import { Client } from '../test-support/client.ts';
import { type MockStorageOptions, mockStorage } from './mock-storage.ts';

async function start(options?: MockStorageOptions) {
  const storage = await mockStorage(options);
  onTestFinished(() => storage.close());
  return { storage, client: new Client(storage.store) };
}

async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('starts with no settings: a bucket, keys, an address, and pages of all origins let in', async () => {
  const { storage, client } = await start();
  const stored = await client.put(`${storage.bucket}/a`, 'hello', { origin: 'http://localhost:5173' });
  expect(stored.headers.get('access-control-allow-origin')).toBe('*');
  expect(await (await client.send('uploads/a')).text()).toBe('hello');
});

test('is shared by all who ask for the same, and starts anew once it was closed', async () => {
  const { storage } = await start();
  expect(await mockStorage()).toBe(storage);
  const [other, same] = await Promise.all([mockStorage({ bucket: 'other' }), mockStorage({ bucket: 'other' })]);
  expect(other).toBe(same);
  expect(other.endpoint).not.toBe(storage.endpoint);
  await other.close();
  expect((await start({ bucket: 'other' })).storage).not.toBe(other);
});

test('keeps what was uploaded in a folder, over a restart', async () => {
  const dataDir = await temporaryFolder();
  const before = await start({ dataDir });
  await before.client.put('uploads/a', 'hello');
  await before.storage.close();
  const { client } = await start({ dataDir });
  expect(await (await client.send('uploads/a')).text()).toBe('hello');
});

test('refuses to start in production, unless forced', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(mockStorage()).rejects.toMatchObject({ name: 'MockS3StartError', code: 'production' });
  await start({ force: true });
});

test('shares no failed start', async () => {
  const first = await start();
  const bucket = 'other';
  await expect(mockStorage({ bucket, port: first.storage.store.port })).rejects.toMatchObject({ code: 'port-taken' });
  await start({ bucket });
});

test('lets its process end, and leaves no temporary folder behind', { timeout: 60_000 }, async () => {
  const script = `
    import { mockStorage } from ${JSON.stringify(built().href)};
    const { endpoint, store } = await mockStorage();
    await fetch(endpoint);
    console.log(store.dataDir);`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
  expect(stdout).toContain('mock-s3-');
  await expect(readdir(stdout.trim())).rejects.toThrow('ENOENT');
});
