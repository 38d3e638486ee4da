/** A store that has several names: a browser opens six connections to each, and each has its own good and bad days. */
import type { Backend } from '@portage/mock-backend';
import { type AnotherName, nameStoreAgain } from '../support/another-name.ts';
import { test as base, expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { expectArrives, openHarness } from '../support/harness.ts';
import { startUploadServer } from '../support/upload-server.ts';
import { serveWithHeaders } from '../support/with-headers.ts';

const PART = 5 * MiB;

const test = base.extend<{ another: AnotherName; setup: { endpoint: string } }>({
  another: async ({ backend }, use) => {
    const another = await nameStoreAgain(backend);
    await use(another);
    await another.down();
  },
  setup: async ({ backend, another }, use) => {
    const server = await startUploadServer(backend, { publicEndpoint: [backend.s3Endpoint, another.endpoint] });
    await use({ endpoint: server.url });
    await server.down();
  },
});

const options = { partSize: PART, multipartThreshold: PART };
const storedParts = ({ store }: Backend) => store.journal.requests({ operation: 'UploadPart', status: 200 });

test('is sent to over twice as many connections, and a page has nothing to set for it', async ({
  page,
  backend,
  another,
  setup,
  faults,
  serve,
  makeFile,
}) => {
  // Nobody is answered before all that can be sent at once is sent.
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? { kind: 'slow_response', ms: 3_000 } : undefined);
  const uploading = await openHarness(page, await serve('harness'), setup, options);
  const file = await makeFile('film.mp4', 12 * PART);
  await uploading.send(file);
  expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  expect(backend.store.journal.maxInFlight('UploadPart')).toBe(12);
  expect(another.puts).toBe(6);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('one name is slow: the other takes what that one does not', async ({
  page,
  backend,
  another,
  setup,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 10 * MiB });
  another.bytesPerSecond = MiB;
  const uploading = await openHarness(page, await serve('harness'), setup, options);
  const file = await makeFile('film.mp4', 24 * PART);
  await uploading.send(file);
  expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  const parts = storedParts(backend).map(({ partNumber }) => partNumber);
  expect(new Set(parts).size).toBe(24);
  // Those that the slow one has at the end may be sent once more, by the other.
  expect(parts.length).toBeLessThanOrEqual(30);
  expect(another.puts).toBeLessThanOrEqual(12);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await uploading.expectMonotonic();
});

test('one name goes away: what was on its way goes by the other', async ({
  page,
  backend,
  another,
  setup,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 3 * MiB });
  const uploading = await openHarness(page, await serve('harness'), setup, options);
  const file = await makeFile('film.mp4', 24 * PART);
  await uploading.send(file);
  await expect.poll(() => storedParts(backend).length, { intervals: [50] }).toBeGreaterThanOrEqual(6);
  expect(another.puts).toBeGreaterThanOrEqual(6);
  await another.down();
  expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  // Nothing but what the lost connections carried is sent again.
  expect(backend.store.journal.resentBytes({ operation: 'UploadPart' })).toBeLessThanOrEqual(6 * PART);
  await uploading.expectMonotonic();
});

test('one name was never there: nobody notices', async ({ page, backend, another, setup, serve, makeFile }) => {
  await another.down();
  const uploading = await openHarness(page, await serve('harness'), setup, options);
  const film = await makeFile('film.mp4', 20 * PART);
  await uploading.send(film);
  expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  expect(await storedSha256(backend)).toBe(await film.sha256());
  expect(backend.store.journal.resentBytes({ operation: 'UploadPart' })).toBe(0);
});

test("the page's policy forbids one name: all goes by the other", async ({
  page,
  backend,
  another,
  setup,
  serve,
  makeFile,
}) => {
  const { origin } = new URL(setup.endpoint);
  const policy = `default-src 'self' 'unsafe-inline'; connect-src 'self' ${origin} ${backend.s3Endpoint}`;
  const served = await serveWithHeaders(await serve('harness'), { 'content-security-policy': policy });
  const uploading = await openHarness(page, served.url, setup, options);
  const film = await makeFile('film.mp4', 12 * PART);
  await expectArrives(backend, uploading, film);
  expect(another.puts).toBe(0);
  await served.close();
});
