/** Sending off the page's thread, and on it where no worker can be had. */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { expect, MiB, storedSha256, type TestFile, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

interface Threads {
  /** Every worker that the page has made to upload. */
  workers: Worker[];
  /** Requests by the page itself. */
  pageXhrs: number;
}

declare global {
  interface Window {
    threads: Threads;
  }
}

test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    const threads: Threads = { workers: [], pageXhrs: 0 };
    window.threads = threads;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        // Not the one that asks whether the page is on the network of the store.
        if (!String(url).startsWith('data:')) threads.workers.push(this);
      }
    };
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      threads.pageXhrs += 1;
      return send.call(this, body);
    };
  }),
);

const threadsOf = (page: Page) =>
  page.evaluate(() => ({ workers: window.threads.workers.length, pageXhrs: window.threads.pageXhrs }));

const partsSent = ({ store }: Backend) => store.journal.requests({ operation: 'UploadPart' }).length;

let film: TestFile;

test.beforeEach(async ({ makeFile }) => {
  film = await makeFile('film.mp4', 40 * MiB);
});

test('one worker sends every part of every file', async ({ page, backend, serve, makeFile }) => {
  const second = await makeFile('second.mp4', 9 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(film, second);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4', 'second.mp4'], failed: [] });
  expect(await threadsOf(page)).toEqual({ workers: 1, pageXhrs: 0 });
});

test('without workers the page sends by itself', async ({ page, backend, serve }) => {
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { worker: false });
  await uploading.send(film);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await threadsOf(page)).toEqual({ workers: 0, pageXhrs: partsSent(backend) });
  expect(await storedSha256(backend)).toBe(await film.sha256());
});

for (const policy of ["worker-src 'none'", "require-trusted-types-for 'script'"]) {
  test(`a Content-Security-Policy of ${policy} leaves it to the page`, async ({ page, backend, faults, serve }) => {
    // What a store says in XML is read on the page: here that it has forgotten the first upload.
    let forgotten: string | undefined;
    faults.intercept = ({ operation, uploadId }) => {
      if (operation === 'UploadPart') forgotten ??= uploadId;
      const isForgotten = uploadId !== undefined && uploadId === forgotten && operation !== 'Preflight';
      return isForgotten ? { kind: 'error', status: 404, code: 'NoSuchUpload' } : undefined;
    };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await page.evaluate((content) => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = content;
      document.head.append(policy);
    }, policy);
    await uploading.send(film);
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    // Those of the first upload may have been called off before they arrived.
    expect((await threadsOf(page)).pageXhrs).toBeGreaterThanOrEqual(partsSent(backend));
    expect(await storedSha256(backend)).toBe(await film.sha256());
  });
}

const LATE_SCRIPTS = [
  { name: 'is gone since the last deploy', answer: { status: 404, body: 'Not found.' } },
  { name: 'is answered with the page', answer: { contentType: 'text/html', body: '<!doctype html>' } },
];

for (const { name, answer } of LATE_SCRIPTS) {
  test(`a worker whose script ${name} is done without`, async ({ page, backend, serve }) => {
    await page.route(/\/upload-worker-[^/]*\.js$/, (route) => route.fulfill(answer));
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(film);
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(await threadsOf(page)).toEqual({ workers: 1, pageXhrs: partsSent(backend) });
    expect(await storedSha256(backend)).toBe(await film.sha256());
  });
}

test('a worker that could not start is tried again for the next file', async ({ page, backend, serve, makeFile }) => {
  let refused = 0;
  await page.route(/\/upload-worker-[^/]*\.js$/, (route) => (refused++ === 0 ? route.abort() : route.continue()));
  const second = await makeFile('second.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(film);
  await uploading.finish();
  const { pageXhrs } = await threadsOf(page);
  expect(pageXhrs, 'the page sent the first file').toBe(partsSent(backend));
  await uploading.send(second);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4', 'second.mp4'], failed: [] });
  expect(await threadsOf(page), 'a worker sent the second').toEqual({ workers: 2, pageXhrs });
});

test('what a worker had under way when it died is sent again by the page', async ({ page, backend, faults, serve }) => {
  let held = 0;
  faults.intercept = ({ partNumber }) => {
    if (partNumber !== 3 || held > 0) return undefined;
    held += 1;
    return { kind: 'stall' };
  };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(film);
  await expect.poll(() => held).toBe(1);
  // Nobody tells the page of it.
  await page.evaluate(() => window.threads.workers[0]?.terminate());
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const { workers, pageXhrs } = await threadsOf(page);
  expect(workers).toBe(1);
  expect(pageXhrs).toBeGreaterThan(0);
  expect(await storedSha256(backend)).toBe(await film.sha256());
  await uploading.expectMonotonic();
});

test('an upload in a hidden page waits by the clock of its worker', async ({ page, backend, faults, serve }) => {
  let hidden = false;
  let waits = 0;
  faults.intercept = ({ operation, partNumber }) => {
    if (operation !== 'UploadPart' || partNumber !== 2 || waits === 2) return undefined;
    if (hidden) waits += 1;
    return { kind: 'error', status: 503, code: 'SlowDown' };
  };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(film);
  await expect.poll(() => page.evaluate(() => window.threads.workers.length)).toBe(1);
  // As a browser does with a page that nobody looks at, but for good instead of for a minute.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    window.setTimeout = (() => 0) as unknown as typeof setTimeout;
  });
  hidden = true;
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(waits).toBe(2);
  expect(await storedSha256(backend)).toBe(await film.sha256());
});
