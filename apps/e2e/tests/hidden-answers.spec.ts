/** What a browser keeps from the page: it must be told within seconds, and as what it is. */
import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { expectArrives, linesOf, openHarness, portageLine, portageServer, uppySigner } from '../support/harness.ts';
import { type Passage, startStoreGate } from '../support/store-gate.ts';
import { addRow } from '../support/table-reporter.ts';
import { startUploadServer } from '../support/upload-server.ts';
import { serveWithHeaders } from '../support/with-headers.ts';

/** Longest time from the start of an upload to a sentence on the page, in milliseconds. */
const SOON = 10_000;

async function errorOf(page: Page) {
  return page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const error = plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error;
    return error && { code: error.code, message: error.message, hint: error.hint, retryable: error.retryable };
  });
}

/** A row of the table of docs/gateways.md. */
async function told(page: Page, setting: string, took: number): Promise<void> {
  const { code, message } = (await errorOf(page)) ?? {};
  addRow(test.info(), {
    Setting: setting,
    'What the page says': `\`${code}\`: ${message}`,
    After: `${(took / 1_000).toFixed(1)} s`,
  });
}

for (const [how, setup] of [
  ["Portage's server", portageServer],
  ["the app's own signer", uppySigner],
] as const) {
  test.describe(`a bucket without CORS rules; ${how}`, () => {
    test.use({ backendOptions: { s3: { cors: { methods: [] } } } });

    for (const [what, size] of [
      ['a file in parts', 24 * MiB],
      ['a small file', MiB],
    ] as const) {
      test(`is told within seconds, and at most three uploads are begun: ${what}`, async ({
        page,
        backend,
        serve,
        makeFile,
      }) => {
        const lines = linesOf(page);
        const uploading = await openHarness(page, await serve('harness'), setup(backend));
        await uploading.add(await makeFile('film.mp4', size));
        const begun = Date.now();
        await uploading.start();
        expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
        const took = Date.now() - begun;
        await told(page, `bucket without CORS rules, ${how}, ${what}`, took);
        expect(took).toBeLessThan(SOON);
        expect(await errorOf(page)).toMatchObject({ code: 'store-unreadable', retryable: true });
        const line = await portageLine(lines);
        expect(line).toContain(new URL(backend.s3Endpoint).origin);
        expect(line).toContain('PUT, POST, GET and DELETE');
        expect(line).toContain('doctor');
        const creates = backend.store.journal.requests({ operation: 'CreateMultipartUpload' });
        expect(creates.length).toBeLessThanOrEqual(3);
      });
    }
  });
}

test('a connect-src that forbids the store is told within seconds', async ({ page, backend, serve, makeFile }) => {
  const lines = linesOf(page);
  // On every response, as most servers send it: a worker has the policy of its own script.
  const policy = `default-src 'self' 'unsafe-inline'; connect-src 'self' ${backend.apiUrl}`;
  const served = await serveWithHeaders(await serve('harness'), { 'content-security-policy': policy });
  const uploading = await openHarness(page, served.url, portageServer(backend));
  await uploading.add(await makeFile('film.mp4', 24 * MiB));
  const begun = Date.now();
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  const took = Date.now() - begun;
  await told(page, 'a `connect-src` without the store', took);
  expect(took).toBeLessThan(SOON);
  expect(await errorOf(page)).toMatchObject({ code: 'store-unreadable' });
  const { origin } = new URL(backend.s3Endpoint);
  expect(await portageLine(lines)).toContain(`Add ${origin} to its connect-src`);
  await served.close();
});

test('a store that is back at the moment when a request failed is not called unreadable', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  // Gone for all requests of one part, and back for the question that follows the last of them.
  const REFUSED = 8;
  let refused = 0;
  faults.intercept = ({ operation, method }) => {
    if (operation !== 'UploadPart' && method !== 'HEAD') return undefined;
    if (refused >= REFUSED) return undefined;
    if (operation === 'UploadPart') refused += 1;
    return { kind: 'reset_peer' };
  };
  const file = await makeFile('film.mp4', MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBe(REFUSED);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('a gateway whose store is away for four seconds, and whose pages have no CORS headers, is outlived', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  let backAt: number | undefined;
  let refused = 0;
  const gate = await startStoreGate(backend.s3Endpoint, ({ method }): Passage | undefined => {
    if (method === 'PUT' || method === 'OPTIONS') backAt ??= Date.now() + 4_000;
    if (Date.now() >= (backAt ?? Number.POSITIVE_INFINITY)) return undefined;
    refused += 1;
    return { kind: 'page', status: 502 };
  });
  const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: gate.url });
  const file = await makeFile('film.mp4', 12 * MiB);
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url });
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBeGreaterThan(0);
  // Nobody is asked in a hurry: a few parts, each a few times.
  expect(refused).toBeLessThan(40);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await gate.close();
  await server.down();
});

test('a host that never answers a body of nobody in particular: no part waits for that', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  let backAt: number | undefined;
  let asked = 0;
  const gate = await startStoreGate(backend.s3Endpoint, ({ method }): Passage | undefined => {
    if (method === 'PUT') backAt ??= Date.now() + 4_000;
    if (method === 'POST') {
      asked += 1;
      return { kind: 'silence' };
    }
    return Date.now() < (backAt ?? 0) ? { kind: 'page', status: 502 } : undefined;
  });
  const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: gate.url });
  const file = await makeFile('film.mp4', 12 * MiB);
  const options = { partSize: 5 * MiB, multipartThreshold: 5 * MiB };
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url }, options);
  await uploading.add(file);
  const begun = Date.now();
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(asked).toBe(1);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await gate.close();
  await server.down();
});

test('a link that resets the same part again and again, and lets small requests pass, is no store that hides its responses', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  // For longer than it takes to believe in a refusal, in a part that is as small as parts can be.
  let kindAt: number | undefined;
  let resets = 0;
  const gate = await startStoreGate(backend.s3Endpoint, ({ method, url = '', headers }): Passage | undefined => {
    if (Number(headers['content-length'] ?? 0) < MiB) return undefined;
    if (method === 'PUT' && !url.includes('partNumber=1&')) return undefined;
    kindAt ??= Date.now() + SOON;
    if (Date.now() >= kindAt) return undefined;
    if (method === 'PUT') resets += 1;
    return { kind: 'reset', afterBytes: 256 * 1024 };
  });
  const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: gate.url });
  const file = await makeFile('film.mp4', 5 * MiB + 1);
  const options = { partSize: 5 * MiB, multipartThreshold: 5 * MiB };
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url }, options);
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(resets).toBeGreaterThan(5);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await gate.close();
  await server.down();
});

test('a signRequest that refuses is told at once', async ({ page, backend, serve, makeFile }) => {
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend));
  await page.evaluate(() => {
    window.harness.plugin.setOptions({
      signRequest: () => Promise.reject(new Error('Your plan has no uploads.')),
    } as never);
  });
  await uploading.add(await makeFile('note.txt', 1000));
  const begun = Date.now();
  await uploading.start();
  expect((await uploading.finish()).failed).toEqual(['note.txt']);
  const took = Date.now() - begun;
  await told(page, 'a `signRequest` that refuses', took);
  expect(took).toBeLessThan(2_000);
  expect(await errorOf(page)).toMatchObject({ code: 'app-callback', message: expect.stringContaining('Your plan') });
});

test.describe('a response as Swift gives it to a stored part', () => {
  test('200, no body, text/html: the part is stored, and no page of a Wi-Fi network', async ({
    page,
    backend,
    serve,
    makeFile,
  }) => {
    await page.route(
      (url) => url.origin === new URL(backend.s3Endpoint).origin,
      async (route) => {
        if (route.request().method() !== 'PUT') return route.continue();
        const response = await route.fetch();
        await route.fulfill({
          response,
          headers: { ...response.headers(), 'content-type': 'text/html; charset=UTF-8' },
        });
      },
    );
    const file = await makeFile('film.mp4', 12 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await expectArrives(backend, uploading, file);
    expect(backend.store.journal.resentBytes()).toBe(0);
  });
});
