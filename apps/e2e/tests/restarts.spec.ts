/** What an upload runs on goes away and comes back, or is not what it was. */
import { createMockS3 } from '@portage/mock-s3';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';
import { startUploadServer } from '../support/upload-server.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

test('the store is restarted in mid-upload, with what was acknowledged', async ({
  page,
  backend,
  serve,
  makeFile,
  folder,
}) => {
  const start = (port: number) =>
    createMockS3({
      dataDir: `${folder}/store`,
      buckets: [backend.bucket],
      port,
      faults: { rules: [{ operation: 'UploadPart', fault: { kind: 'bandwidth', bytesPerSecond: 4 * MiB } }] },
    });
  const before = await start(0);
  const stored = (store: typeof before) => store.multipartUploads(backend.bucket).flatMap(({ parts }) => parts);
  const [credentials] = before.credentials;
  const server = await startUploadServer({ ...backend, store: before, ...credentials });
  const file = await makeFile('film.mp4', 12 * PART);
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url }, OPTIONS);
  await uploading.send(file);
  await expect.poll(() => stored(before).length).toBeGreaterThanOrEqual(3);
  await before.close();
  const acknowledged = stored(before).map(({ partNumber }) => partNumber);
  const after = await start(before.port);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const [object] = after.objects(backend.bucket);
  expect(await after.sha256(backend.bucket, object?.key ?? '')).toBe(await file.sha256());
  const again = after.journal.requests({ operation: 'UploadPart' }).map(({ partNumber }) => partNumber);
  expect(again.filter((partNumber) => acknowledged.includes(partNumber ?? 0))).toEqual([]);
  await server.down();
  await after.close();
});

test('another threshold after a deploy: what began in parts goes on in parts', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 6 * MiB });
  const file = await makeFile('film.mp4', 12 * PART);
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend), OPTIONS);
  await before.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);
  const after = await openHarness(page, url, portageServer(backend), { multipartThreshold: 100 * MiB });
  faults.intercept = () => undefined;
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

for (const [how, errors] of [
  ['and the store says so', 'all'],
  ['and the page cannot read why', 'all-but-signature'],
] as const) {
  test.describe(`signatures that ended hours ago, ${how}`, () => {
    const clock = { ahead: 0 };
    const now = () => Date.now() + clock.ahead;
    test.use({ backendOptions: { s3: { now, cors: { errors } }, uploads: { clock: now } } });

    test(`a pause of hours that the page's clock has missed, ${how}`, async ({
      page,
      backend,
      faults,
      serve,
      makeFile,
    }) => {
      clock.ahead = 0;
      faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 4 * MiB });
      const file = await makeFile('film.mp4', 12 * PART);
      const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
      await uploading.send(file);
      const parts = () => backend.store.journal.requests({ operation: 'UploadPart', status: 200 }).length;
      await expect.poll(parts).toBeGreaterThanOrEqual(2);
      await page.evaluate(() => window.harness.uppy.pauseAll());
      await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
      clock.ahead = 5 * 3_600_000;
      faults.intercept = () => undefined;
      await page.evaluate(() => window.harness.uppy.resumeAll());
      expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
      expect(await storedSha256(backend)).toBe(await file.sha256());
      expect(backend.store.journal.requests({ operation: 'UploadPart', status: 403 }).length).toBeGreaterThan(0);
    });
  });
}
