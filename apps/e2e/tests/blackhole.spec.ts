/**
 * Nothing gets through for minutes, and nobody says so. In `npm test` it lasts 20 s; `npm run test:blackhole` has it last
 * five minutes of real time.
 */
import { networkTest as test } from '../support/bad-network.ts';
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const SECONDS = Number(process.env['PORTAGE_BLACKHOLE'] ?? 20);
const PART = 5 * MiB;

test(`${SECONDS} seconds of silence: the upload goes on, and sends no more again than was in flight`, async ({
  page,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  test.setTimeout(240_000 + 1_000 * SECONDS);
  const { journal } = backend.store;
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 3 * MiB });
  const file = await makeFile('film.mp4', 60 * MiB);
  const options = { partSize: PART, multipartThreshold: PART };
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
  await uploading.send(file);
  await expect
    .poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length, { intervals: [50] })
    .toBeGreaterThanOrEqual(2);
  await expect.poll(() => journal.inFlight('UploadPart'), { intervals: [20] }).toBeGreaterThanOrEqual(3);
  const inFlight = journal.inFlight('UploadPart');
  await network.silence(SECONDS * 1_000);
  faults.intercept = () => undefined;
  const backAt = Date.now();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const resent = journal.resentBytes({ operation: 'UploadPart' });
  console.log(
    `${SECONDS} s of silence with ${inFlight} parts in flight: stored ${((Date.now() - backAt) / 1_000).toFixed(1)} s after its end, ${(resent / MiB).toFixed(1)} MiB sent again`,
  );
  expect(resent).toBeLessThanOrEqual(6 * PART);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await uploading.expectMonotonic();
});
