/** With a real Companion server, which signs for the page: our engine does the rest. */

import { expect, expectStored, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness } from '../support/harness.ts';

const PARTS = { partSize: 5 * MiB, multipartThreshold: 8 * MiB };

test('files in one request and in parts are signed by Companion and sent by six lanes', async ({
  page,
  backend,
  companion,
  serve,
  makeFile,
}) => {
  const film = await makeFile('film é.mp4', 32 * MiB);
  const note = await makeFile('note é.txt', 1000);
  const uploading = await openHarness(page, await serve('harness'), { companionEndpoint: companion.url }, PARTS);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(companion.url)) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await uploading.send(film, note);
  expect(await uploading.finish()).toEqual({ successful: [film.name, note.name], failed: [] });
  const { store, bucket } = backend;
  const objects = store.objects(bucket);
  await expectStored(backend, [film, note]);
  const told = await page.evaluate(() => window.harness.uppy.getFiles().map(({ response }) => response?.body?.['key']));
  expect(told.toSorted(), 'Companion names the objects').toEqual(objects.map(({ key }) => key).toSorted());
  expect(objects.find(({ size }) => size === 1000)?.headers['content-type']).toBe('text/plain');
  expect(store.journal.maxInFlight('UploadPart')).toBeGreaterThan(2);
  const steps = asked.map((line) => line.replace(/[0-9a-f]{20,}/, 'ID')).toSorted();
  expect(steps).toEqual([
    'GET /s3/multipart/ID/batch',
    'GET /s3/params',
    'POST /s3/multipart',
    'POST /s3/multipart/ID/complete',
  ]);
});

test('one 500 in each step while Companion signs fails no file', async ({
  page,
  backend,
  companion,
  serve,
  makeFile,
}) => {
  const failed = new Set<string>();
  await page.route(`${companion.url}/**`, async (route) => {
    const step = `${route.request().method()} ${new URL(route.request().url()).pathname.split('/').at(-1)}`;
    if (failed.has(step)) return route.continue();
    failed.add(step);
    return route.fulfill({
      status: 500,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: 'Internal Server Error',
    });
  });
  const film = await makeFile('film.mp4', 12 * MiB);
  const note = await makeFile('note.txt', 1000);
  const uploading = await openHarness(page, await serve('harness'), { companionEndpoint: companion.url }, PARTS);
  await uploading.send(film, note);
  expect(await uploading.finish()).toEqual({ successful: [film.name, note.name], failed: [] });
  expect(failed.size).toBe(4);
  expect(backend.store.objects(backend.bucket)).toHaveLength(2);
});

test('after a reload the same file goes on from the parts that are stored', async ({
  page,
  backend,
  companion,
  faults,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > 2 ? { kind: 'stall' } : undefined;
  const film = await makeFile('film.mp4', 22 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, { companionEndpoint: companion.url }, PARTS);
  await before.send(film);
  await expect.poll(() => store.multipartUploads(bucket)[0]?.parts.length).toBe(2);
  faults.intercept = () => undefined;
  const after = await openHarness(page, url, { companionEndpoint: companion.url }, PARTS);
  await expectArrives(backend, after, film);
  expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  for (const partNumber of [1, 2])
    expect(store.journal.requests({ operation: 'UploadPart', partNumber }), 'sent once').toHaveLength(1);
});

test('an upload that the store has forgotten begins anew, though Companion says no more than 500', async ({
  page,
  backend,
  companion,
  faults,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > 1 ? { kind: 'stall' } : undefined;
  const film = await makeFile('film.mp4', 12 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, { companionEndpoint: companion.url }, PARTS);
  await before.send(film);
  await expect.poll(() => store.multipartUploads(bucket)[0]?.parts.length).toBe(1);
  const forgotten = store.multipartUploads(bucket)[0];
  const path = `/s3/multipart/${forgotten?.uploadId}?key=${encodeURIComponent(forgotten?.key ?? '')}`;
  await page.goto('about:blank');
  expect((await fetch(companion.url + path, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(companion.url + path)).status, 'what Companion says of it').toBe(500);
  faults.intercept = () => undefined;
  const after = await openHarness(page, url, { companionEndpoint: companion.url }, PARTS);
  await expectArrives(backend, after, film);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('a file that the person takes out leaves nothing in the store', async ({
  page,
  backend,
  companion,
  faults,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > 1 ? { kind: 'stall' } : undefined;
  const uploading = await openHarness(page, await serve('harness'), { companionEndpoint: companion.url }, PARTS);
  await uploading.send(await makeFile('film é.mp4', 12 * MiB));
  await expect.poll(() => store.multipartUploads(bucket)[0]?.parts.length).toBe(1);
  await page.evaluate(() => {
    const { uppy } = window.harness;
    for (const { id } of uppy.getFiles()) uppy.removeFile(id);
  });
  await expect.poll(() => store.multipartUploads(bucket)).toEqual([]);
  expect(await uploading.finish()).toEqual({ successful: [], failed: [] });
});
