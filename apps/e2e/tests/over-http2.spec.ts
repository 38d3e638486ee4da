/**
 * A store that speaks HTTP/2: all requests of the page share one connection, so what breaks one of them and what breaks the
 * connection are different days. The whole suite of bad days over HTTP/2: `npm run test:flaky -- --http2`.
 */
import type { Backend } from '@portage/mock-backend';
import { expect, expectStored, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';

test.use({ backendOptions: { s3: { http2: true } }, ignoreHTTPSErrors: true });

const PART = 5 * MiB;
const OPTIONS = { partSize: PART };

const cutParts = ({ store }: Backend) =>
  store.journal.requests({ operation: 'UploadPart', state: 'cut' }).map(({ partNumber }) => partNumber);

test('one stream is reset: only that part is sent again', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = ({ partNumber, attempt }) =>
    partNumber === 3 && attempt === 1 ? { kind: 'reset_stream', afterBytes: 2 * MiB } : undefined;
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await expectArrives(backend, uploading, file);
  expect(cutParts(backend)).toEqual([3]);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(PART);
  await uploading.expectMonotonic();
});

test('the connection dies, and with it all that was under way: it is sent again, and no more', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, partNumber, attempt }) => {
    const slow = { kind: 'bandwidth', bytesPerSecond: 8 * MiB } as const;
    if (operation !== 'UploadPart') return undefined;
    return partNumber === 3 && attempt === 1 ? { kind: 'reset_peer', afterBytes: 4 * MiB } : slow;
  };
  const file = await makeFile('film.mp4', 50 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await expectArrives(backend, uploading, file);
  expect(cutParts(backend).length).toBeGreaterThan(1);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
  await uploading.expectMonotonic();
});

test('the store lets the connection go (GOAWAY): nothing is lost, and nothing sent twice', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber % 3 === 0 ? { kind: 'slow_close', ms: 0 } : undefined;
  const file = await makeFile('film.mp4', 60 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await expectArrives(backend, uploading, file);
  expect(backend.store.journal.resentBytes()).toBe(0);
  await uploading.expectMonotonic();
});

test('sixty small files at once, whose connection dies and whose replies are lost', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  let puts = 0;
  faults.intercept = ({ operation, attempt }) => {
    if (operation !== 'UploadPart' || attempt > 1) return undefined;
    puts += 1;
    if (puts === 30) return { kind: 'reset_peer', afterBytes: 0 };
    return puts % 7 === 0 ? { kind: 'lost_reply' } : { kind: 'slow_response', ms: 100 };
  };
  const files = await Promise.all(Array.from({ length: 60 }, (_, number) => makeFile(`${number}.bin`, 50_000)));
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  const { successful, failed } = await uploading.finish();
  expect(failed).toEqual([]);
  expect(successful).toHaveLength(60);
  await expectStored(backend, files);
  // More than the connections that a browser opens over HTTP/1.1.
  expect(backend.store.journal.maxInFlight('UploadPart')).toBeGreaterThan(6);
});
