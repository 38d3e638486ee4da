/** Points 15 to 19: large files and many of them, and what is shown of them. See `support/uppy-points.ts`. */
import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { IN_PARTS, ownServer, refusePart, test } from '../support/uppy-points.ts';

const SUCCESS = { successful: ['film.mp4'], failed: [] };

declare global {
  interface Window {
    /** What a page that draws Uppy's state would have drawn, frame by frame: bytes and percentage. */
    shown: { bytes: number; percentage: number }[];
    /** When Uppy was told of progress. */
    toldAt: number[];
  }
}

/** Looks at Uppy's state as a page does that draws it. */
const watch = (page: Page) =>
  page.evaluate(() => {
    window.shown = [];
    const look = () => {
      const progress = window.harness.uppy.getFiles()[0]?.progress;
      if (progress?.uploadStarted) {
        window.shown.push({ bytes: Number(progress.bytesUploaded) || 0, percentage: progress.percentage ?? 0 });
      }
      requestAnimationFrame(look);
    };
    look();
  });

async function expectOnlyUpwards(page: Page): Promise<void> {
  const shown = await page.evaluate(() => window.shown);
  for (const what of ['bytes', 'percentage'] as const) {
    const values = shown.map((frame) => frame[what]);
    expect(values, what).toEqual(values.toSorted((a, b) => a - b));
  }
}

test('15 parts of one file go at once', async ({ backend, makeFile, openApp }) => {
  const file = await makeFile('film.mp4', 60 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(backend.store.journal.maxInFlight('UploadPart')).toBeGreaterThanOrEqual(4);
});

test('15 `limit` counts requests to the store, however many files there are', async ({
  backend,
  makeFile,
  openApp,
}) => {
  const app = await openApp({ ...IN_PARTS, limit: 2 });
  await app.add(await makeFile('film.mp4', 30 * MiB));
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(backend.store.journal.maxInFlight('UploadPart')).toBe(2);
});

test('16 a retry sends no stored part again, though the store lists its parts page by page', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  // A store with pages of 2 parts instead of 1,000: of what is listed, the page gets to see the first two.
  const isList = (url: URL) => url.searchParams.has('uploadId') && !url.searchParams.has('partNumber');
  await page.route(isList, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const [head = '', ...parts] = (await response.text()).split(/(?=<Part>)/);
    const cut = head.replace('<IsTruncated>false', '<IsTruncated>true') + parts.slice(0, 2).join('');
    const body = parts.length > 2 ? `${cut}</ListPartsResult>` : undefined;
    return route.fulfill({ response, ...(body !== undefined && { body }) });
  });
  faults.intercept = refusePart(6);
  const file = await makeFile('film.mp4', 30 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  faults.intercept = () => undefined;
  await app.begin('retryAll');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  const stored = backend.store.journal.requests({ operation: 'UploadPart', status: 200 });
  expect(stored.map(({ partNumber }) => partNumber).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
});

// Metadata needs Portage's server: a page cannot add headers to what Uppy's `signRequest` has signed.
test.describe('with a route that keeps what the page says of a file', () => {
  test.use({ backendOptions: { routes: { files: { anonymous: true, metadata: ({ meta }) => meta } } } });

  test('17 metadata is stored with the file, the allowed fields only', async ({ page, backend, makeFile, openApp }) => {
    const app = await openApp({ ...IN_PARTS, allowedMetaFields: ['album'] }, ownServer(backend));
    await app.add(await makeFile('film.mp4', 12 * MiB));
    await page.evaluate(() => window.harness.uppy.setMeta({ album: 'Holidays', secret: 'no' }));
    await app.begin('upload');
    expect(await app.outcome()).toEqual(SUCCESS);
    const [object] = backend.store.objects(backend.bucket);
    expect(object?.headers).toMatchObject({ 'x-amz-meta-album': 'Holidays' });
    expect(object?.headers).not.toHaveProperty('x-amz-meta-secret');
  });
});

test('18 progress only goes up when a part is cut and sent again', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = ({ operation, partNumber, attempt }) => {
    if (operation !== 'UploadPart') return undefined;
    // Cut twice: the first time, Chromium itself sends again.
    return partNumber === 2 && attempt <= 2
      ? [
          { kind: 'bandwidth', bytesPerSecond: 8 * MiB },
          { kind: 'reset_peer', afterBytes: 4 * MiB },
        ]
      : { kind: 'bandwidth', bytesPerSecond: 8 * MiB };
  };
  const file = await makeFile('film.mp4', 22 * MiB);
  const app = await openApp();
  await app.add(file);
  await watch(page);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await expectOnlyUpwards(page);
});

test('18 progress only goes up when a failed file is tried again', async ({ page, faults, makeFile, openApp }) => {
  faults.intercept = refusePart(4);
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 22 * MiB));
  await watch(page);
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  // Time enough for a frame in which what was stored is forgotten.
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? undefined : { kind: 'slow_response', ms: 300 });
  await app.begin('retryAll');
  expect(await app.outcome()).toEqual(SUCCESS);
  await expectOnlyUpwards(page);
});

// The other half of the point, `uppy.addFiles` that takes twelve seconds for 10,000 files, is Uppy's own and the same under
// any plugin: `@portage/react` keeps long lists outside of Uppy, and its tests show that.
test('19 a file tells Uppy of its progress about four times a second', async ({ page, makeFile, openApp }) => {
  const app = await openApp({ shouldUseMultipart: false });
  await app.add(await makeFile('film.mp4', 400 * MiB, { sparse: true }));
  await page.evaluate(() => {
    window.toldAt = [];
    window.harness.uppy.on('upload-progress', () => window.toldAt.push(performance.now()));
  });
  await app.begin('upload');
  expect(await app.outcome(50_000)).toEqual(SUCCESS);
  const toldAt = await page.evaluate(() => window.toldAt);
  const seconds = ((toldAt.at(-1) ?? 0) - (toldAt[0] ?? 0)) / 1_000;
  // Each of these events walks over all files of Uppy: 2 ms with 10,000 files. The last one comes with the last byte.
  expect(toldAt.length).toBeLessThanOrEqual(2 + 4 * seconds);
});
