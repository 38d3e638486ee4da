/** Many small files: what they cost in calls, counted where they arrive. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { UploadEvent } from '@portage/server';
import { expect, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';
import { startUploadServer } from '../support/upload-server.ts';

const events: UploadEvent[] = [];
test.use({ backendOptions: { uploads: { observe: (event) => events.push(event) } } });
test.beforeEach(() => {
  events.length = 0;
});

const calls = (operation: string) =>
  events.filter((event) => event.event === 'call' && event.operation === operation).length;

/** Files as a page has them, none of them on disk. Each has bytes of its own. */
const addFiles = (page: Page, count: number, size: number) =>
  page.evaluate(
    ({ count, size }) => {
      const files = Array.from({ length: count }, (_, index) => {
        const name = `${index}.bin`;
        return { name, type: '', data: new File([new Uint8Array(size).fill(index)], name) };
      });
      window.harness.uppy.addFiles(files);
    },
    { count, size },
  );

test('100 small files are created by a handful of calls, and each arrives', async ({ page, backend, serve }) => {
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await addFiles(page, 100, 1_000);
  await uploading.start();
  const { successful, failed } = await uploading.finish();
  expect(failed).toEqual([]);
  expect(successful).toHaveLength(100);
  const sums = backend.store.objects(backend.bucket).map(({ key }) => backend.store.sha256(backend.bucket, key));
  expect(new Set(await Promise.all(sums)).size).toBe(100);
  // The first 60 by two calls of at most 50, then 30 and 10.
  expect(calls('create')).toBe(4);
  expect(calls('sign')).toBe(0);
  expect(events.filter(({ event }) => event === 'created')).toHaveLength(100);
});

test('200 small files take hardly longer where the server is away for 2 s', async ({
  page,
  backend,
  faults,
  serve,
}) => {
  // So that the link, and not the machine, says how long it takes.
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? { kind: 'slow_response', ms: 300 } : undefined);
  const server = await startUploadServer(backend, { profile: 'mock' });
  const url = await serve('harness');
  const upload = async (meanwhile: () => Promise<void>) => {
    const uploading = await openHarness(page, url, { endpoint: server.url }, { resume: false });
    await addFiles(page, 200, 1_000);
    const begun = Date.now();
    await uploading.start();
    await meanwhile();
    expect((await uploading.finish()).successful).toHaveLength(200);
    return (Date.now() - begun) / 1_000;
  };
  const without = await upload(async () => {});
  const stored = backend.store.objects(backend.bucket).length;
  const away = await upload(async () => {
    // In the midst of it, before the next files are created.
    await expect
      .poll(() => backend.store.objects(backend.bucket).length - stored, { intervals: [20] })
      .toBeGreaterThan(20);
    await server.down();
    await delay(2_000);
    await server.up();
  });
  console.log(`200 small files: ${without.toFixed(1)} s; server away for 2 s: ${away.toFixed(1)} s`);
  expect(away).toBeLessThanOrEqual(1.3 * without);
  await server.down();
});

test.describe('a route that takes few files in one call', () => {
  test.use({
    backendOptions: {
      routes: { files: { anonymous: true, maxFiles: 4 } },
      uploads: { observe: (event) => events.push(event) },
    },
  });

  test('gets all of them', async ({ page, backend, serve }) => {
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await addFiles(page, 20, 1_000);
    await uploading.start();
    expect((await uploading.finish()).successful).toHaveLength(20);
    expect(backend.store.objects(backend.bucket)).toHaveLength(20);
  });
});

test('a store of two names is sent to over twice as many connections', async ({ page, backend, faults, serve }) => {
  const byAnotherName = backend.s3Endpoint.replace('127.0.0.1', 'localhost');
  const server = await startUploadServer(backend, { publicEndpoint: [backend.s3Endpoint, byAnotherName] });
  // Nobody is answered before all that can be sent at once is sent.
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? { kind: 'slow_response', ms: 2_000 } : undefined);
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url });
  await addFiles(page, 12, 1_000);
  await uploading.start();
  expect((await uploading.finish()).successful).toHaveLength(12);
  // A browser opens six connections to a name.
  expect(backend.store.journal.maxInFlight('UploadPart')).toBe(12);
  await server.down();
});
