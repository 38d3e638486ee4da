/** Small files that travel together over HTTP/1.1: what goes to the store, and that each file is whole and told of by itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { UploadEvent } from '@portage/server';
import { expect, test } from '../support/fixtures.ts';
import { openHarness, portageServer, type Uploading } from '../support/harness.ts';

const COUNT = 80;
const SIZE = 100_000;

const events: UploadEvent[] = [];
const stored: string[] = [];
const onComplete = ({ displayName }: { displayName: string }) => void stored.push(displayName);
const routes = { files: { anonymous: true, onComplete } } as const;
const uploads = { observe: (event: UploadEvent) => void events.push(event) };
test.use({ backendOptions: { routes, uploads, packs: true } });
test.beforeEach(() => {
  events.length = 0;
  stored.length = 0;
});

declare global {
  interface Window {
    /** Files whose progress went back. */
    fellBack: string[];
  }
}

/** Files as a page has them. Each has bytes of its own. */
const addFiles = (page: Page, count = COUNT) =>
  page.evaluate(
    ({ count, size }) => {
      const files = Array.from({ length: count }, (_, index) => {
        const name = `${index}.bin`;
        return { name, type: '', data: new File([new Uint8Array(size).fill(index)], name) };
      });
      window.harness.uppy.addFiles(files);
      window.fellBack = [];
      const loaded = new Map<string, number>();
      window.harness.uppy.on('upload-progress', (file, { bytesUploaded }) => {
        if (!file) return;
        if (bytesUploaded < (loaded.get(file.id) ?? 0)) window.fellBack.push(file.id);
        loaded.set(file.id, bytesUploaded);
      });
    },
    { count, size: SIZE },
  );

const calls = (operation: string) =>
  events.filter((event) => event.event === 'call' && event.operation === operation && event.status === 200).length;

async function expectAll(uploading: Uploading, page: Page, { store, bucket }: Backend, count = COUNT) {
  const { successful, failed } = await uploading.finish();
  expect(failed).toEqual([]);
  expect(successful).toHaveLength(count);
  const objects = store.objects(bucket);
  expect(objects).toHaveLength(count);
  const sums = new Set(await Promise.all(objects.map(({ key }) => store.sha256(bucket, key))));
  for (const { key } of objects) {
    const fill = Number(/(\d+)\.bin$/.exec(key)?.[1]);
    const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(SIZE).fill(fill));
    expect(sums).toContain(Buffer.from(digest).toString('hex'));
  }
  // Each is told of once: no response was lost.
  expect(stored.toSorted()).toEqual(Array.from({ length: count }, (_, index) => `${index}.bin`).toSorted());
  expect(await page.evaluate(() => window.fellBack)).toEqual([]);
}

const putsOf = ({ store }: Backend) => store.journal.requests({ operation: 'UploadPart' });

test('80 small files arrive in a few requests, each whole, verified and told of once', async ({
  page,
  backend,
  serve,
}) => {
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await addFiles(page);
  await uploading.start();
  await expectAll(uploading, page, backend);
  expect(calls('unpack')).toBeGreaterThan(0);
  expect(putsOf(backend).length).toBeLessThan(COUNT / 2);
  // Nothing is sent twice where nothing fails: each file is either sent by itself or taken out of a pack, once.
  const alone = putsOf(backend).filter(({ key = '' }) => !key.includes('pack-'));
  const ways = [...alone, ...backend.store.journal.requests({ operation: 'UploadPartCopy' })].map(({ key }) => key);
  expect([ways.length, new Set(ways).size]).toEqual([COUNT, COUNT]);
  for (const snapshot of Object.values(await uploading.snapshots()))
    expect(snapshot).toMatchObject({ status: 'complete', progress: { loaded: SIZE } });
  expect(
    await page.evaluate(() => window.harness.uppy.getFiles().map(({ response }) => response?.body?.['verifiedBy'])),
  ).toEqual(Array(COUNT).fill('CRC64NVME'));
});

test('a pack that breaks, and a file that is not taken out, cost their own files a second way', async ({
  page,
  backend,
  faults,
  serve,
}) => {
  let broken = 0;
  faults.intercept = ({ operation, key = '' }) => {
    if (operation === 'UploadPartCopy' && key.endsWith('/70.bin')) return { kind: 'error', code: 'InternalError' };
    if (operation !== 'UploadPart' || !key.includes('~pending/pack-') || broken > 0) return undefined;
    broken += 1;
    return { kind: 'reset_peer' };
  };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await addFiles(page);
  await uploading.start();
  await expectAll(uploading, page, backend);
  expect(broken).toBe(1);
});

test('a file is removed and another one paused in the midst of their pack', async ({
  page,
  backend,
  faults,
  serve,
}) => {
  // Those that go by themselves take their time as well: so all but the first six of the first 60 files are in the pack.
  faults.intercept = ({ operation, key = '' }) =>
    operation === 'UploadPart'
      ? { kind: 'slow_response', ms: key.includes('~pending/pack-') ? 3_000 : 1_000 }
      : undefined;
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await addFiles(page);
  await uploading.start();
  await expect.poll(() => putsOf(backend).filter(({ key }) => key?.includes('pack-')).length).toBeGreaterThan(0);
  const idOf = (name: string) =>
    page.evaluate((name) => window.harness.uppy.getFiles().find((file) => file.name === name)?.id ?? '', name);
  const [removed, paused] = [await idOf('20.bin'), await idOf('21.bin')];
  await page.evaluate(
    ([removed, paused]) => {
      window.harness.uppy.removeFile(removed);
      window.harness.uppy.pauseResume(paused);
    },
    [removed, paused] as const,
  );
  await expect.poll(() => stored.length, { timeout: 30_000 }).toBe(COUNT - 2);
  expect(stored).not.toContain('20.bin');
  expect(stored).not.toContain('21.bin');
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), paused);
  await expect.poll(() => stored.length).toBe(COUNT - 1);
  expect((await uploading.finish()).failed).toEqual([]);
  expect(backend.store.objects(backend.bucket)).toHaveLength(COUNT - 1);
});

test('a file that changed after it was picked is told of, and the others of its pack arrive whole', async ({
  page,
  browserName,
  backend,
  serve,
  folder,
}) => {
  test.skip(browserName !== 'chromium', 'Firefox reads what is there now, and says nothing.');
  const paths = Array.from({ length: COUNT }, (_, index) => join(folder, `${index}.bin`));
  for (const [index, path] of paths.entries()) writeFileSync(path, Buffer.alloc(SIZE, index));
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await page.getByLabel('Files').setInputFiles(paths);
  writeFileSync(join(folder, '70.bin'), Buffer.alloc(SIZE, 'new'));
  await uploading.start();
  const { successful, failed } = await uploading.finish();
  expect([successful.length, failed]).toEqual([COUNT - 1, ['70.bin']]);
  expect((await uploading.snapshots())['70.bin']?.error?.message).toMatch(/has changed/);
  expect(calls('unpack')).toBeGreaterThan(0);
  expect(stored).not.toContain('70.bin');
});
