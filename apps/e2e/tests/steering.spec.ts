import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const slow = () => ({ kind: 'bandwidth', bytesPerSecond: 4 * MiB }) as const;
const idOf = (page: Page, name: string) =>
  page.evaluate((name) => window.harness.uppy.getFiles().find((file) => file.name === name)?.id ?? '', name);

test('a paused file sends nothing and keeps what is stored; resumed, it sends only the rest', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  // Two parts are through at once, the others take long.
  faults.intercept = ({ partNumber = 0 }) => (partNumber > 2 ? { kind: 'bandwidth', bytesPerSecond: MiB } : undefined);
  const { journal } = backend.store;
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  const partsTold = async () => (await uploading.events()).filter((event) => event.includes('part-uploaded')).length;
  await expect.poll(partsTold).toBe(2);
  const id = await idOf(page, 'film.mp4');
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), id);
  await expect.poll(() => journal.inFlight()).toBe(0);
  expect((await uploading.snapshots())['film.mp4']?.status).toBe('paused');
  faults.intercept = () => undefined;
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), id);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  for (const partNumber of [1, 2]) expect(journal.requests({ operation: 'UploadPart', partNumber })).toHaveLength(1);
  await uploading.expectMonotonic();
});

test('a paused file leaves its lanes to the others, and all go on together', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const files = [await makeFile('first', 64 * MiB), await makeFile('second', 24 * MiB)];
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  await backend.store.journal.ended({ operation: 'UploadPart' });
  const first = await idOf(page, 'first');
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), first);
  faults.intercept = () => undefined;
  await expect.poll(async () => (await uploading.snapshots())['second']?.status).toBe('complete');
  await page.evaluate(() => window.harness.uppy.pauseAll());
  expect((await uploading.snapshots())['first']?.status).toBe('paused');
  await page.evaluate(() => window.harness.uppy.resumeAll());
  expect((await uploading.finish()).successful.toSorted()).toEqual(['first', 'second']);
});

test('a removed file is forgotten in the store too, and the others go on', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const files = [await makeFile('unwanted', 64 * MiB), await makeFile('wanted', 24 * MiB)];
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  await store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate((id) => window.harness.uppy.removeFile(id), await idOf(page, 'unwanted'));
  await store.journal.ended({ operation: 'AbortMultipartUpload' });
  faults.intercept = () => undefined;
  expect(await uploading.finish()).toEqual({ successful: ['wanted'], failed: [] });
  expect(store.objects(bucket)).toHaveLength(1);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('cancelAll ends upload() and leaves nothing in the store', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const files = [await makeFile('a', 64 * MiB), await makeFile('b', 64 * MiB)];
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  await store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.cancelAll());
  expect(await uploading.finish()).toEqual({ successful: [], failed: [] });
  await expect.poll(() => store.multipartUploads(bucket)).toEqual([]);
  await expect.poll(() => store.journal.inFlight()).toBe(0);
  expect(store.objects(bucket)).toEqual([]);
});

test('retryAll sends what failed and leaves what is under way alone', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  const refused = { kind: 'error', status: 400, code: 'InvalidRequest' } as const;
  faults.intercept = ({ operation, key, partNumber }) => {
    if (operation !== 'UploadPart') return undefined;
    return key?.includes('bad') && partNumber === 2 ? refused : { kind: 'bandwidth', bytesPerSecond: 8 * MiB };
  };
  const files = [await makeFile('bad', 24 * MiB), await makeFile('good', 64 * MiB)];
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  await expect.poll(async () => (await uploading.snapshots())['bad']?.status).toBe('failed');
  const error = await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const file = uppy.getFiles().find(({ name }) => name === 'bad');
    const failure = file && plugin.uploads.get(file.id)?.error;
    return { code: failure?.code, message: failure?.message, hint: failure?.hint, inUppy: file?.error };
  });
  expect(error).toMatchObject({ code: 'store-refused', inUppy: error.message });
  expect(error.hint).toMatch(/permissions/);
  faults.intercept = () => undefined;
  await page.evaluate(() => window.harness.uppy.retryAll());
  expect((await uploading.finish()).successful.toSorted()).toEqual(['bad', 'good']);
  const good = journal.requests({ operation: 'UploadPart' }).filter((part) => part.key?.includes('good'));
  expect(good.filter((part) => part.attempt > 1)).toEqual([]);
});

test('a retried file starts from what the store holds', async ({ page, backend, faults, serve, makeFile }) => {
  const { journal } = backend.store;
  faults.intercept = ({ operation, partNumber }) =>
    operation === 'UploadPart' && partNumber === 8 ? { kind: 'error', status: 400, code: 'InvalidRequest' } : undefined;
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  faults.intercept = () => undefined;
  await page.evaluate(() => window.harness.uppy.retryAll());
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  // What was in flight beside the refused part when it failed, and no part that the page knew to be stored.
  const again = journal
    .requests({ operation: 'UploadPart' })
    .filter((part) => part.attempt > 1 && part.partNumber !== 8);
  expect(again.length).toBeLessThanOrEqual(5);
  await uploading.expectMonotonic();
});

test('removePlugin in mid-flight ends upload() and stops sending', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(await makeFile('film.mp4', 64 * MiB));
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.removePlugin(window.harness.plugin as never));
  await uploading.finish();
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
});
