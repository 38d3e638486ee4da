/** What is stored is what was picked, and the store itself says so. */
import { expect, expectStored, MiB, storedSha256, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer, uppySigner } from '../support/harness.ts';

test("the store's own checksum of the whole object proves it", async ({ page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 41 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const response = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.response);
  expect(response?.body).toMatchObject({ verifiedBy: 'CRC64NVME' });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('a bit that flips in one part is found, and that part alone is sent again', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, partNumber, attempt }) =>
    operation === 'UploadPart' && partNumber === 3 && attempt === 1
      ? { kind: 'bit_flip', where: 'received' }
      : undefined;
  const file = await makeFile('film.mp4', 41 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await expectArrives(backend, uploading, file);
  const sent = backend.store.journal.requests({ operation: 'UploadPart' }).map((part) => part.partNumber);
  expect(sent.toSorted()).toEqual([1, 2, 3, 3, 4, 5, 6]);
});

test('damage that stays ends as corrupt, never as a success', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = ({ operation, partNumber }) =>
    operation === 'UploadPart' && partNumber === 3 ? { kind: 'bit_flip', where: 'received' } : undefined;
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(await makeFile('film.mp4', 41 * MiB));
  expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  const code = await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    return plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error?.code;
  });
  expect(code).toBe('corrupt');
  expect(backend.store.objects(backend.bucket)).toEqual([]);
});

/** The bytes of the object are proved by ETags where the store computes no checksum that can be asked for. */
for (const [how, setup, backendOptions] of [
  ['a store without checksums', portageServer, { profile: 'ceph' }],
  ['a store that nothing is known of', portageServer, { profile: 'generic' }],
  ["the app's own signer", uppySigner, {}],
] as const) {
  test.describe(how, () => {
    test.use({ backendOptions });

    test(`${how}: the MD5s of what was sent are the ETags of what is stored`, async ({
      page,
      backend,
      faults,
      serve,
      makeFile,
    }) => {
      faults.intercept = ({ operation, partNumber, attempt }) =>
        operation === 'UploadPart' && partNumber === 3 && attempt === 1
          ? { kind: 'bit_flip', where: 'received' }
          : undefined;
      const files = [await makeFile('film.mp4', 41 * MiB), await makeFile('note.txt', MiB)];
      const uploading = await openHarness(page, await serve('harness'), setup(backend));
      await uploading.send(...files);
      expect(await uploading.finish()).toEqual({ successful: ['film.mp4', 'note.txt'], failed: [] });
      const { store } = backend;
      await expectStored(backend, files);
      const sent = store.journal.requests({ operation: 'UploadPart' }).map((part) => part.partNumber);
      // With the server, a small file is one part, too.
      const ofSmall = setup === portageServer ? [1] : [];
      expect(sent.toSorted()).toEqual([...ofSmall, 1, 2, 3, 3, 4, 5, 6]);
      const bodies = await page.evaluate(() => window.harness.uppy.getFiles().map((file) => file.response?.body));
      for (const body of bodies) expect(body).toMatchObject({ verifiedBy: 'MD5' });
    });
  });
}

test('a bit that flips in a small file is found, and the file is sent anew under another key', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? { kind: 'bit_flip', where: 'received' } : undefined;
  const file = await makeFile('note.txt', MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await expectArrives(backend, uploading, file);
  expect(backend.store.journal.requests({ operation: 'UploadPart' })).toHaveLength(2);
});

test('parts of an earlier page are read again for the checksum, not sent again', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 6 * MiB });
  const { journal } = backend.store;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend));
  await before.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);
  const after = await openHarness(page, url, portageServer(backend));
  faults.intercept = () => undefined;
  await after.send(file);
  expect(await after.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const response = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.response);
  expect(response?.body).toMatchObject({ verifiedBy: 'CRC64NVME' });
  expect(journal.resentBytes()).toBeLessThanOrEqual(6 * 8 * MiB);
});

test('a small file whose response was lost is sent again, and stored once', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? { kind: 'lost_reply' } : undefined;
  const file = await makeFile('note.txt', MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await expectArrives(backend, uploading, file);
  expect(backend.store.journal.requests({ operation: 'CompleteMultipartUpload' })).toHaveLength(1);
});

for (const [who, setup] of [
  ['the upload server', portageServer],
  ["the app's own signer", uppySigner],
] as const) {
  test.describe(`a store that puts equal parts alone together, though nobody said so: ${who}`, () => {
    test.use({ backendOptions: { profile: 'generic', s3: { mimic: 'r2' } } });

    test(`${who}: the file is sent once more in equal parts, and the next one in such at once`, async ({
      page,
      backend,
      serve,
      makeFile,
    }) => {
      const files = [await makeFile('film.mp4', 72 * MiB), await makeFile('later.mp4', 72 * MiB)];
      const uploading = await openHarness(page, await serve('harness'), setup(backend));
      for (const file of files) {
        await uploading.send(file);
        expect(await uploading.finish()).toMatchObject({ failed: [] });
      }
      const { store, bucket } = backend;
      await expectStored(backend, files);
      expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(3);
      expect(store.multipartUploads(bucket)).toEqual([]);
    });
  });
}
