import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMockS3 } from '../start/create-mock-s3.ts';
import { startStore } from '../test-support/start-store.ts';

async function dataFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('refuses a data folder that another store uses, until that one is closed', async () => {
  const dataDir = await dataFolder();
  const first = await createMockS3({ dataDir });
  await expect(createMockS3({ dataDir })).rejects.toMatchObject({ code: 'data-dir-in-use' });
  await first.close();
  await startStore({ dataDir });
});

test('refuses a data folder that another process uses', async () => {
  const dataDir = await dataFolder();
  await writeFile(join(dataDir, 'mock-s3.pid'), String(process.ppid));
  await expect(createMockS3({ dataDir })).rejects.toThrow(`process ${process.ppid} uses it`);
});

test('takes over the folder of a process that was killed', async () => {
  const dataDir = await dataFolder();
  // Beyond the largest process id that Linux, macOS or Windows hand out in practice.
  await writeFile(join(dataDir, 'mock-s3.pid'), '999999999');
  await startStore({ dataDir });
});
