/** Beside Uppy's Golden Retriever, which brings back the files of an earlier page, and with them what was under way. */
import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';
import { uploadsSaved } from '../support/uploads-saved.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART / 2, goldenRetriever: true };

const filesOf = (page: Page) =>
  page.evaluate(() => window.harness.uppy.getFiles().map(({ name, isGhost }) => ({ name, isGhost: isGhost === true })));
const recovered = (page: Page) => page.evaluate(() => window.harness.uppy.getState().recoveredState !== null);

// Golden Retriever keeps files of up to 10 MiB.
for (const [what, size, ghost] of [
  ['a file that it kept', 9 * MiB, false],
  ['a file too large for it, picked again,', 30 * MiB, true],
] as const) {
  test(`${what} goes on from the stored parts after a reload: no second upload of it`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    const { journal } = store;
    const file = await makeFile('film.mp4', size);
    const url = await serve('harness');
    const setup = portageServer(backend);
    faults.intercept = ({ operation, partNumber = 0 }) =>
      operation === 'UploadPart' && partNumber > 1 ? { kind: 'stall' } : undefined;
    const before = await openHarness(page, url, setup, OPTIONS);
    await before.send(file);
    await expect.poll(() => store.multipartUploads(bucket)[0]?.parts.length).toBe(1);
    // It saves what it knows now and then.
    await expect.poll(() => uploadsSaved(page)).toBe(1);

    const after = await openHarness(page, url, setup, OPTIONS);
    await expect.poll(() => recovered(page)).toBe(true);
    expect(await filesOf(page)).toEqual([{ name: 'film.mp4', isGhost: ghost }]);
    faults.intercept = () => undefined;
    // The file picked again takes the place of the ghost.
    if (ghost) await after.add(file);
    await expect.poll(() => filesOf(page)).toEqual([{ name: 'film.mp4', isGhost: false }]);
    // The person presses "restore", and an app that is in a hurry starts once more.
    await page.evaluate(() => {
      const { uppy } = window.harness;
      uppy.emit('restore-confirmed');
      window.uploading = uppy.upload();
    });
    const isStored = () => page.evaluate(() => window.harness.uppy.getFiles()[0]?.progress.uploadComplete);
    await expect.poll(isStored).toBe(true);
    expect(await after.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(await storedSha256(backend)).toBe(await file.sha256());
    expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
    const first = journal.requests({ operation: 'UploadPart', partNumber: 1 });
    expect(first, 'the stored part is not sent again').toHaveLength(1);
    expect(store.multipartUploads(bucket)).toEqual([]);
  });
}

for (const signedBy of ['signRequest', 'Companion'] as const) {
  test(`what Uppy's own AwsS3 left, signed by ${signedBy}, goes on from its stored parts`, async ({
    page,
    backend,
    companion,
    faults,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    const file = await makeFile('film.mp4', 9 * MiB);
    const url = await serve('harness');
    const setup = signedBy === 'Companion' ? { companionEndpoint: companion.url } : uppySigner(backend);
    const options = { shouldUseMultipart: true, chunkSize: PART, goldenRetriever: true };
    faults.intercept = ({ operation, partNumber = 0 }) =>
      operation === 'UploadPart' && partNumber > 1 ? { kind: 'stall' } : undefined;
    const before = await openHarness(page, url, setup, options, 'AwsS3');
    await before.send(file);
    await expect.poll(() => store.multipartUploads(bucket)[0]?.parts.length).toBe(1);
    await expect.poll(() => uploadsSaved(page)).toBe(1);
    const keys = store.multipartUploads(bucket).map(({ key }) => key);

    // The app has changed its line since.
    const after = await openHarness(page, url, setup, { ...options, chunkSize: PART + MiB });
    await expect.poll(() => recovered(page)).toBe(true);
    faults.intercept = () => undefined;
    await page.evaluate(() => window.harness.uppy.emit('restore-confirmed'));
    const isStored = () => page.evaluate(() => window.harness.uppy.getFiles()[0]?.progress.uploadComplete);
    await expect.poll(isStored).toBe(true);
    expect(store.objects(bucket).map(({ key }) => key)).toEqual(keys);
    expect(await storedSha256(backend)).toBe(await file.sha256());
    expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
    expect(store.journal.requests({ operation: 'UploadPart', partNumber: 1, status: 200 })).toHaveLength(1);
    expect(store.multipartUploads(bucket)).toEqual([]);
    await after.expectMonotonic();
  });
}
