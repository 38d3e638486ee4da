/**
 * The person goes to another page and comes back: the browser keeps the page as it was, frozen, with its uploads, its
 * worker, its Web Locks and its database, and brings it back. Where another page wants one of its locks, it is thrown away.
 */
import type { Page } from '@playwright/test';
import { launchOptions } from '../../../scripts/browser.mjs';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

// Playwright turns it off, which a browser that people use has on; the one without windows has none.
test.use({ launchOptions: { ...launchOptions({ whole: true }), ignoreDefaultArgs: ['--disable-back-forward-cache'] } });

/** Tells for each showing of a page whether it was brought back as it was, and if not, why. */
const toldBy = (page: Page) =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceEntry & {
      notRestoredReasons?: unknown;
    })[];
    const { shown } = window as unknown as { shown: boolean[] };
    return { shown, reasons: JSON.stringify(entry?.notRestoredReasons ?? null) };
  });

test.beforeEach(async ({ context, serve }) => {
  await context.addInitScript(() => {
    const shown: boolean[] = [];
    Object.assign(window, { shown });
    addEventListener('pageshow', ({ persisted }) => shown.push(persisted));
  });
  const url = await serve('harness');
  const plain = await context.newPage();
  await plain.goto(url);
  await plain.goto(`${url}?another`);
  await plain.goBack({ waitUntil: 'commit' });
  await expect.poll(async () => (await toldBy(plain)).shown.length).toBeGreaterThan(0);
  const { shown, reasons } = await toldBy(plain);
  test.skip(shown.length === 1, `This browser keeps no page: ${reasons}`);
  await plain.close();
});

test('a page with an upload under way comes back as it was, and the upload goes on', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 2 * MiB });
  const file = await makeFile('film.mp4', 12 * PART);
  const url = await serve('harness');
  const uploading = await openHarness(page, url, portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);
  await page.goto(`${url}?another`);
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => toldBy(page)).toEqual({ shown: [false, true], reasons: 'null' });
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(journal.resentBytes({ operation: 'UploadPart' }), 'no more than was under way').toBeLessThanOrEqual(6 * PART);
  await uploading.expectMonotonic();
});

test('another page that takes the upload over has the frozen one thrown away: only parts under way are lost', async ({
  page,
  context,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 2 * MiB });
  const file = await makeFile('film.mp4', 12 * PART);
  const url = await serve('harness');
  const uploading = await openHarness(page, url, portageServer(backend), OPTIONS);
  await uploading.send(file);
  const stored = () => journal.requests({ operation: 'UploadPart', status: 200 }).length;
  await expect.poll(stored).toBeGreaterThan(2);
  await page.goto(`${url}?another`);
  const other = await context.newPage();
  const second = await openHarness(other, url, portageServer(backend), OPTIONS);
  await expectArrives(backend, second, file);
  expect(backend.store.multipartUploads(backend.bucket), 'it was the same upload').toHaveLength(0);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(journal.resentBytes({ operation: 'UploadPart' }), 'no more than was under way').toBeLessThanOrEqual(6 * PART);
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(async () => (await toldBy(page)).shown, 'loaded anew').toEqual([false]);
});
