/**
 * An upload of very many parts goes on: what the store holds is listed page by page, and none of it is sent again.
 * The store and its profile take parts of 64 KiB here, since 10,000 of S3's smallest parts are 50 GB.
 * `npm run test:many-parts` resumes with 1,001, 2,500 and 10,000 parts.
 */
import { PROFILES } from '@portage/server';
import { expect, storedSha256, test } from '../support/fixtures.ts';
import { openHarness } from '../support/harness.ts';
import { startUploadServer } from '../support/upload-server.ts';

const KiB = 1024;
const PART = 64 * KiB;
const COUNTS = (process.env['PORTAGE_PARTS'] ?? '1001').split(',').map(Number);
/** Parts that the first page does not send; the others are as many as were asked for, where S3 lets them. */
const REST = 12;
const MOST = 10_000;

test.use({ backendOptions: { s3: { minPartSize: PART } } });

for (const count of COUNTS.map((stored) => Math.min(stored + REST, MOST))) {
  test(`of ${count} parts, no stored one is sent again after a reload`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    test.setTimeout(240_000 + 120 * count);
    const { store, bucket } = backend;
    const { journal } = store;
    const server = await startUploadServer(backend, {
      profile: { ...PROFILES.mock, minPartSize: PART },
      routes: { files: { anonymous: true, maxSize: Number.POSITIVE_INFINITY, partSize: PART } },
    });
    const file = await makeFile('film.mp4', count * PART - 1);
    const url = await serve('harness');
    const began = Date.now();
    // The last parts do not get through, so the upload stops with all others stored.
    faults.intercept = ({ operation, partNumber = 0 }) =>
      operation === 'UploadPart' && partNumber > count - REST ? { kind: 'stall' } : undefined;
    const before = await openHarness(page, url, { endpoint: server.url });
    await before.send(file);
    const held = () => store.multipartUploads(bucket)[0]?.parts.length;
    await expect.poll(held, { timeout: 120_000 + 100 * count }).toBe(count - REST);
    const sent = (Date.now() - began) / 1_000;

    journal.clear();
    const after = await openHarness(page, url, { endpoint: server.url });
    await expect.poll(() => journal.inFlight()).toBe(0);
    journal.clear();
    faults.intercept = () => undefined;
    const resumedAt = Date.now();
    await after.send(file);
    expect(await after.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    const resumed = (Date.now() - resumedAt) / 1_000;
    const parts = journal.requests({ operation: 'UploadPart' }).map(({ partNumber = 0 }) => partNumber);
    expect(parts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: REST }, (_, at) => count - REST + 1 + at));
    const pages = journal.requests({ operation: 'ListParts' }).length;
    expect(pages).toBe(Math.ceil((count - REST) / 1_000));
    expect(journal.requests({ operation: 'CreateMultipartUpload' })).toEqual([]);
    expect(await storedSha256(backend)).toBe(await file.sha256());
    console.log(
      `${count} parts: sent in ${sent.toFixed(1)} s; resumed in ${resumed.toFixed(1)} s with ${pages} pages of parts, ${parts.length} parts sent, none of them stored before`,
    );
    await server.down();
  });
}
