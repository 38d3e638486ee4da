/**
 * How real stores and networks were seen to behave, row by row; each test is named after what was seen. What is tested is the
 * promise: the file arrives, and no more is sent again than was in flight.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page, Request } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { networkTest as test } from '../support/bad-network.ts';
import { expect, expectStored, MiB, storedSha256, type TestFile } from '../support/fixtures.ts';
import { openHarness, portageServer, type Uploading, uppySigner } from '../support/harness.ts';
import { hurryUntil, movesOf } from '../support/hurry.ts';

const credentialsInThePage = ({ s3Endpoint, bucket, accessKeyId, secretAccessKey }: Backend) => ({
  s3Endpoint: `${s3Endpoint}/${bucket}`,
  accessKeyId,
  secretAccessKey,
});
const uppySignerOfNoType = (backend: Backend) => ({ ...uppySigner(backend), signsType: false });

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };
const signatureWrong = { kind: 'error', status: 403, code: 'SignatureDoesNotMatch' } as const;
const slow = (bytesPerSecond: number) => () => ({ kind: 'bandwidth', bytesPerSecond }) as const;

/** How long the slow link stays slow, in seconds. It was seen without a sign of progress for 43 s. */
const SLOW = Number(process.env['PORTAGE_SLOW'] ?? 15);

/** The others take long, so an upload is met half-way. */
const firstPartOnly: Intercept = ({ operation, partNumber = 0 }) =>
  operation === 'UploadPart' && partNumber > 1 ? slow(MiB)() : undefined;

const partsStored = ({ store }: Backend) => store.journal.requests({ operation: 'UploadPart', status: 200 }).length;

async function expectArrived(backend: Backend, uploading: Uploading, file: TestFile, hurry?: Page): Promise<void> {
  const finish = uploading.finish();
  const end = hurry ? hurryUntil(finish, hurry, () => movesOf(backend)) : finish;
  expect(await end).toEqual({ successful: [file.name], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await uploading.expectMonotonic();
}

test.describe('stores: no CORS headers on SignatureDoesNotMatch', () => {
  test.use({ backendOptions: { uploads: { urlLifetime: 11 }, s3: { cors: { errors: 'all-but-signature' } } } });

  test('a signature that is refused looks like a lost network, and is made anew', async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    faults.intercept = ({ operation, attempt }) =>
      operation === 'UploadPart' && attempt <= 2 ? signatureWrong : undefined;
    const file = await makeFile('film.mp4', 22 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
  });

  test('a wrong signature on a large body is a race: now a 403, now a closed connection', async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    faults.intercept = ({ operation, partNumber = 0, attempt }) => {
      if (operation !== 'UploadPart' || attempt > 3) return undefined;
      return (partNumber + attempt) % 2 === 0 ? signatureWrong : { kind: 'reset_peer', afterBytes: MiB };
    };
    const file = await makeFile('film.mp4', 22 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
  });
});

for (const [how, setup] of [
  ["Portage's server", portageServer],
  ["the app's own signer", uppySigner],
] as const) {
  test(`stores: an unsigned Content-Type is refused; ${how}`, async ({ page, backend, serve, makeFile }) => {
    let refused = 0;
    await page.route(
      (url) => url.searchParams.has('partNumber'),
      (route) => {
        const request = route.request();
        if (request.method() !== 'PUT' || !request.headers()['content-type']) return route.continue();
        refused += 1;
        return route.fulfill({ status: 403, headers: { 'access-control-allow-origin': '*' } });
      },
    );
    const file = await makeFile('film.mp4', 12 * MiB);
    const uploading = await openHarness(page, await serve('harness'), setup(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
    expect(refused).toBe(0);
  });
}

/** What a browser puts there by itself; the last where it goes by a proxy. */
const OF_BROWSER =
  /^(:|sec-|accept|user-agent$|referer$|origin$|host$|connection$|content-length$|cache-control$|pragma$|proxy-connection$)/;

/** Names of headers that a script set, and that the request's signature does not cover. */
async function unsignedHeaders(request: Request): Promise<string[]> {
  const headers = await request.allHeaders();
  const signed = /SignedHeaders=([^,&]+)/.exec(`${headers['authorization']} ${request.url()}`)?.[1] ?? '';
  const covered = ['authorization', ...decodeURIComponent(signed).split(';')];
  return Object.keys(headers).filter((name) => !OF_BROWSER.test(name) && !covered.includes(name));
}

test.describe('stores: Ceph 20 refuses a type that is not signed, of any request', () => {
  test.use({ backendOptions: { s3: { mimic: 'ceph' } } });

  for (const [how, setup] of [
    ["the app's own signer, which signs the type", uppySigner],
    ['the same, which signs no type', uppySignerOfNoType],
    ['credentials in the page', credentialsInThePage],
  ] as const) {
    test(how, async ({ page, backend, serve, makeFile }) => {
      const { store, bucket } = backend;
      const files = [await makeFile('film.mp4', 12 * MiB), await makeFile('notes.txt', 1_000)];
      const requests: Request[] = [];
      page.on('request', (request) => {
        if (request.url().startsWith(store.endpoint) && request.method() !== 'OPTIONS') requests.push(request);
      });
      const uploading = await openHarness(page, await serve('harness'), setup(backend), OPTIONS);
      await uploading.send(...files);
      expect((await uploading.finish()).successful.sort()).toEqual(['film.mp4', 'notes.txt']);
      const unsigned = (await Promise.all(requests.map(unsignedHeaders))).flat();
      expect([requests.length > 4, unsigned]).toEqual([true, []]);
      await expectStored(backend, files);
      const types = store.objects(bucket).map(({ headers }) => headers['content-type']);
      // Who signs no type has files without one.
      const kept = how.endsWith('no type') ? [] : ['text/plain', 'video/mp4'];
      expect(types.filter((type) => kept.includes(type ?? '')).sort()).toEqual(kept);
      // Create, UploadPart, Complete and PutObject, each of them.
      const asked = store.journal.requests().filter(({ method }) => method !== 'OPTIONS');
      expect(store.journal.requests({ status: 403 })).toEqual([]);
      expect(new Set(asked.map(({ operation }) => operation))).toEqual(
        new Set(['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'PutObject']),
      );
    });
  }
});

test.describe('stores: Complete, Abort and ListParts answer without CORS headers', () => {
  test.use({ backendOptions: { s3: { cors: { methods: ['PUT'] } } } });

  test('they are asked for by the server: an upload ends, goes on and is thrown away', async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    const url = await serve('harness');
    const file = await makeFile('film.mp4', 30 * MiB);
    faults.intercept = firstPartOnly;
    const before = await openHarness(page, url, portageServer(backend), OPTIONS);
    await before.send(file);
    await store.journal.ended({ operation: 'UploadPart' });
    const after = await openHarness(page, url, portageServer(backend), OPTIONS);
    faults.intercept = () => undefined;
    await after.send(file);
    await expectArrived(backend, after, file);
    expect(store.journal.requests({ operation: 'ListParts', status: 200 }).length).toBeGreaterThan(0);
    faults.intercept = slow(MiB);
    await after.send(await makeFile('unwanted', 12 * MiB));
    await expect.poll(() => store.multipartUploads(bucket).length).toBe(1);
    await page.evaluate(() => window.harness.uppy.cancelAll());
    await expect.poll(() => store.multipartUploads(bucket)).toEqual([]);
  });
});

test('stores: ListParts after Abort is NoSuchKey, and Complete a 500: the file is sent anew', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  const url = await serve('harness');
  const file = await makeFile('film.mp4', 30 * MiB);
  faults.intercept = firstPartOnly;
  const before = await openHarness(page, url, portageServer(backend), OPTIONS);
  await before.send(file);
  await store.journal.ended({ operation: 'UploadPart' });
  const after = await openHarness(page, url, portageServer(backend), OPTIONS);
  const aborted = store.multipartUploads(bucket)[0]?.uploadId;
  faults.intercept = ({ operation, uploadId }) => {
    if (uploadId === undefined || uploadId !== aborted) return undefined;
    if (operation === 'ListParts') return { kind: 'error', status: 404, code: 'NoSuchKey' };
    return { kind: 'error', status: operation === 'UploadPart' ? 404 : 500, code: 'InternalError' };
  };
  await after.send(file);
  await expectArrived(backend, after, file);
});

test('stores: Abort takes 20 s: nobody waits for it', async ({ page, backend, faults, serve, makeFile }) => {
  const { store } = backend;
  faults.intercept = ({ operation }) =>
    operation === 'AbortMultipartUpload' ? { kind: 'latency', ms: 20_000 } : slow(4 * MiB)();
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(await makeFile('unwanted', 30 * MiB), await makeFile('wanted', 12 * MiB));
  await store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => {
    const { uppy } = window.harness;
    uppy.removeFile(uppy.getFiles().find(({ name }) => name === 'unwanted')?.id ?? '');
  });
  expect(await uploading.finish()).toEqual({ successful: ['wanted'], failed: [] });
  expect(store.journal.requests({ operation: 'AbortMultipartUpload', state: 'running' })).toHaveLength(1);
  faults.intercept = () => undefined;
});

for (const mimic of ['aws', 'minio', 'ceph', 'ceph-16', 'r2'] as const) {
  test.describe(`stores: a repeated Complete, as ${mimic} answers it`, () => {
    test.use({ backendOptions: { s3: { mimic } } });

    test('the reply to Complete is lost: one object, sent once', async ({ page, backend, faults, serve, makeFile }) => {
      faults.intercept = ({ operation, attempt }) =>
        operation === 'CompleteMultipartUpload' && attempt === 1 ? { kind: 'lost_reply' } : undefined;
      const file = await makeFile('film.mp4', 12 * MiB);
      const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
      await uploading.send(file);
      await expectArrived(backend, uploading, file);
      expect(backend.store.journal.requests({ operation: 'UploadPart' })).toHaveLength(3);
    });
  });
}

// A longer one: blackhole.spec.ts.
test('networks: a blackhole of 4 s', async ({ page, backend, faults, network, serve, makeFile }) => {
  faults.intercept = slow(6 * MiB);
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => partsStored(backend), { intervals: [50] }).toBeGreaterThanOrEqual(1);
  await network.silence(4_000);
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

for (const [how, times] of [
  ['once: the browser sends again by itself', 1],
  ['twice: the page sends again', 2],
] as const) {
  test(`networks: reset ${how}; progress does not go back`, async ({ page, backend, faults, serve, makeFile }) => {
    faults.intercept = ({ operation, attempt }) =>
      operation === 'UploadPart' && attempt <= times
        ? [slow(8 * MiB)(), { kind: 'reset_peer', afterBytes: 3 * MiB }]
        : undefined;
    const file = await makeFile('film.mp4', 22 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
    expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(5 * times * 3 * MiB);
  });
}

test('networks: the interface is down for 3 s', async ({ page, context, backend, faults, serve, makeFile }) => {
  faults.intercept = slow(6 * MiB);
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await context.setOffline(true);
  await delay(3_000);
  faults.intercept = () => undefined;
  await context.setOffline(false);
  await expectArrived(backend, uploading, file);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

test('networks: the address changes: a blink of offline, and every connection is dead without a word', async ({
  page,
  context,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  await page.clock.install();
  faults.intercept = slow(6 * MiB);
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await backend.store.journal.ended({ operation: 'UploadPart' });
  network.forgetConnections();
  // Chromium breaks connections when it is told to be offline, which an address that changes does not do.
  await page.evaluate(() => {
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
  });
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file, page);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
  await context.setOffline(false);
});

test('networks: the router forgets connections that were kept open: the next request gets no byte through', async ({
  page,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  await page.clock.install();
  faults.intercept = slow(8 * MiB);
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => partsStored(backend), { intervals: [50] }).toBeGreaterThanOrEqual(2);
  await page.evaluate(() => window.harness.uppy.pauseAll());
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
  network.forgetConnections();
  faults.intercept = () => undefined;
  await page.evaluate(() => window.harness.uppy.resumeAll());
  await expectArrived(backend, uploading, file, page);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

test(`networks: the rate falls to 100 kbit/s for ${SLOW} s: alive, without a sign of progress`, async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  test.setTimeout(240_000 + 2_000 * SLOW);
  const { store } = backend;
  const link = (bytesPerSecond: number) =>
    store.faults.set([{ operation: 'UploadPart', fault: { kind: 'bandwidth', bytesPerSecond, shared: true } }]);
  link(2.5 * MiB);
  const file = await makeFile('film.mp4', 60 * MiB);
  const options = { partSize: 12 * MiB, multipartThreshold: PART };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
  await uploading.send(file);
  await expect.poll(() => store.journal.bytesReceived({ operation: 'UploadPart' })).toBeGreaterThan(4 * MiB);
  link(12_500);
  await delay(SLOW * 1_000);
  store.faults.clear();
  await expectArrived(backend, uploading, file);
  const resent = store.journal.resentBytes();
  console.log(`${SLOW} s at 100 kbit/s: ${(resent / MiB).toFixed(1)} MiB sent again`);
  // A second attempt beside a silent one, and no third.
  expect(store.journal.requests({ operation: 'UploadPart' }).every(({ attempt }) => attempt <= 2)).toBe(true);
});
