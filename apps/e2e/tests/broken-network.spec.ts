import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';
import { SMALL_PARTS, told } from '../support/through-gateway.ts';

const PART = 8 * MiB;

test("a part's connection is cut in mid-flight: only that part is sent again", async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ partNumber, attempt }) =>
    partNumber === 3 && attempt === 1 ? { kind: 'reset_peer', afterBytes: 5 * MiB } : undefined;
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { partSize: PART });
  await expectArrives(backend, uploading, file);
  const { journal } = backend.store;
  expect(journal.requests({ operation: 'UploadPart', state: 'cut' }).map((part) => part.partNumber)).toEqual([3]);
  expect(journal.resentBytes()).toBeGreaterThan(0);
  expect(journal.resentBytes()).toBeLessThanOrEqual(PART);
  expect(journal.requests({ operation: 'UploadPart' }).length).toBe(9);
  await uploading.expectMonotonic();
});

test('a read of the file that fails once, beside a lost connection, is no lost file', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  // More than once: Chromium repeats the first by itself where the connection was used before.
  faults.intercept = ({ partNumber = 0, attempt }) =>
    partNumber > 0 && attempt <= 2 ? { kind: 'reset_peer', afterBytes: MiB } : undefined;
  const file = await makeFile('film.mp4', 24 * MiB);
  // In the page, whose reads a test can have fail.
  const options = { partSize: PART, worker: false };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
  await uploading.add(file);
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    let failures = 0;
    Blob.prototype.arrayBuffer = function () {
      if (this.size !== 1 || failures === 2) return arrayBuffer.call(this);
      failures += 1;
      return Promise.reject(new DOMException('The file could not be read.', 'NotReadableError'));
    };
  });
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('every part fails once, each in another way: the upload still finishes', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const failures = [
    { kind: 'error', status: 500, code: 'InternalError' },
    { kind: 'error', status: 503, code: 'SlowDown' },
    { kind: 'error', status: 400, code: 'RequestTimeout' },
    { kind: 'error', status: 403, code: 'ExpiredToken' },
    { kind: 'reset_peer', afterBytes: 0 },
    { kind: 'reset_peer', afterBytes: 0, direction: 'downstream' },
    { kind: 'error', status: 403, code: 'RequestTimeTooSkewed' },
    { kind: 'error', status: 504, code: 'GatewayTimeout' },
  ] as const;
  faults.intercept = ({ operation, partNumber = 0, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? failures[partNumber - 1] : undefined;
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { partSize: PART });
  await expectArrives(backend, uploading, file);
  await uploading.expectMonotonic();
});

test('the reply to Complete is lost: the file is stored once and counts as stored', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, attempt }) =>
    operation === 'CompleteMultipartUpload' && attempt === 1
      ? { kind: 'reset_peer', afterBytes: 0, direction: 'downstream' }
      : undefined;
  const file = await makeFile('film.mp4', 20 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await expectArrives(backend, uploading, file);
});

test('the network goes away in mid-flight and comes back: no attempt is lost, and the page says so', async ({
  page,
  context,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 4 * MiB });
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await context.setOffline(true);
  await expect.poll(async () => (await uploading.snapshots())['film.mp4']?.status).toBe('offline');
  faults.intercept = () => undefined;
  await context.setOffline(false);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
  await uploading.expectMonotonic();
});

test.describe('a signature that lives for a moment', () => {
  test.use({ backendOptions: { uploads: { urlLifetime: 11 } } });

  test('is made anew after a pause', async ({ page, backend, faults, serve, makeFile }) => {
    faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 8 * MiB });
    const file = await makeFile('film.mp4', 64 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(file);
    await backend.store.journal.ended({ operation: 'UploadPart' });
    await page.evaluate(() => window.harness.uppy.pauseAll());
    // The page's clock goes on by an hour; the store's stays, so that only the page's own care counts.
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    faults.intercept = () => undefined;
    await page.evaluate(() => window.harness.uppy.resumeAll());
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(await storedSha256(backend)).toBe(await file.sha256());
    expect(backend.store.journal.requests({ status: 403 })).toEqual([]);
  });
});

test('a gateway that ends each request at one age, and a thin link: fewer parts go at once, and the file is stored', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  test.skip(
    !process.env['PORTAGE_GATEWAYS'] && !process.env['PORTAGE_FIREFOX'],
    'npm run test:gateways, npm run test:firefox',
  );
  // A part takes 2.5 s by itself.
  const thin = { kind: 'bandwidth', bytesPerSecond: 2 * MiB, shared: true } as const;
  const ended = { kind: 'reset_peer', afterMs: 6_000 } as const;
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? [thin, ended] : undefined);
  const file = await makeFile('film.mp4', 30 * MiB);
  const begun = Date.now();
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), SMALL_PARTS);
  await expectArrives(backend, uploading, file);
  const seconds = (Date.now() - begun) / 1_000;
  told('each request ended after 6 s, a link of 16 Mbit/s', 'stored, one part at a time', seconds);
});
