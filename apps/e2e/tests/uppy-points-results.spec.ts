/** Points 1 to 5: what is reported as stored is stored, byte for byte. See `support/uppy-points.ts`. */
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { uppySigner } from '../support/harness.ts';
import { createNetwork, type Network } from '../support/network.ts';
import { appOn, IN_PARTS, ownServer, PLUGIN, test as points, refusePart } from '../support/uppy-points.ts';

const test = points.extend<{ network: Network }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  network: async ({}, use) => {
    const network = await createNetwork();
    await use(network);
    await network.close();
  },
});

test('1 a retry with another part size goes by the sizes that the store holds', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = refusePart(5);
  const file = await makeFile('film.mp4', 30 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  faults.intercept = () => undefined;
  await page.evaluate(() => {
    window.harness.plugin.setOptions({ getChunkSize: () => 10 * 1024 * 1024 });
  });
  await app.begin('retryAll');
  expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('1 a file restored after a reload, with another part size, goes by the sizes that the store holds', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = refusePart(5);
  const file = await makeFile('film.mp4', 30 * MiB);
  const before = await openApp();
  await before.add(file);
  await before.begin('upload');
  expect(await before.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  faults.intercept = () => undefined;
  const [left] = backend.store.multipartUploads(backend.bucket);
  const after = await openApp({ ...IN_PARTS, chunkSize: 10 * MiB });
  await after.add(file);
  // What Golden Retriever brings back.
  await page.evaluate(
    ([id, s3Multipart]) => window.harness.uppy.setFileState(id, { s3Multipart, isRestored: true } as object),
    [await after.idOf('film.mp4'), { uploadId: left?.uploadId, key: left?.key }] as const,
  );
  await after.begin('upload');
  expect(await after.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('2 a file whose bytes are gone fails', async ({ page, backend, makeFile, openApp }) => {
  const app = await openApp();
  await app.add(await makeFile('ghost.mp4', MiB));
  await page.evaluate(
    (id) => window.harness.uppy.setFileState(id, { isGhost: true, data: undefined } as object),
    await app.idOf('ghost.mp4'),
  );
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['ghost.mp4'] });
  expect(await app.errorOf('ghost.mp4')).toMatch(/\w+ \w+/);
  expect(backend.store.objects(backend.bucket)).toEqual([]);
});

test('2 a file fails for which the app could not name a key, in the words of the app', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  await page.goto(await serve('harness'));
  await page.evaluate(
    ([setup, plugin]) => {
      const generateObjectKey = () => {
        throw new Error('Nobody is signed in.');
      };
      window.setUp(setup, { generateObjectKey }, plugin);
    },
    [uppySigner(backend), PLUGIN] as const,
  );
  const app = appOn(page);
  await app.add(await makeFile('film.mp4', MiB));
  await page.clock.install();
  await app.begin('upload');
  // A throwing function may be a request that failed for a moment, so it is called for half a minute.
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000);
      return page.evaluate(() => window.outcome);
    })
    .toEqual({ successful: [], failed: ['film.mp4'] });
  expect(await app.errorOf('film.mp4')).toContain('Nobody is signed in.');
});

test('2 a page on plain HTTP, where `crypto.randomUUID` is missing, uploads', async ({
  page,
  backend,
  makeFile,
  openApp,
}) => {
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined }));
  const file = await makeFile('film.mp4', MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('3 an upload restored with a `step` of another page still goes through the uploader', async ({
  page,
  backend,
  makeFile,
  openApp,
}) => {
  const file = await makeFile('film.mp4', 6 * MiB);
  const app = await openApp();
  await app.add(file);
  // Saved by a page in which a preprocessor stood before the uploader; this page has none.
  await page.evaluate(() => {
    const { uppy } = window.harness;
    const fileIDs = uppy.getFiles().map(({ id }) => id);
    uppy.setState({ currentUploads: { saved: { fileIDs, step: 1, result: {} as never } } });
  });
  await app.begin('restore', 'saved');
  expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

for (const event of ['upload-success', 'upload-progress', 's3-multipart:part-uploaded'] as const) {
  test(`4 a listener of the app that throws on ${event} changes nothing`, async ({
    page,
    backend,
    makeFile,
    openApp,
  }) => {
    const file = await makeFile('film.mp4', 12 * MiB);
    const app = await openApp();
    await page.evaluate((event) => {
      window.harness.uppy.on(event, () => {
        throw new Error('A bug of the app.');
      });
    }, event);
    await app.add(file);
    await app.begin('upload');
    expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(await app.errorOf('film.mp4')).toBeUndefined();
    expect(await storedSha256(backend)).toBe(await file.sha256());
  });
}

// The signer sees sizes only with Portage's server: Uppy's `signRequest` is not told them.
test('5 a signed request stores as many bytes as the file has, and no others', async ({
  page,
  backend,
  makeFile,
  openApp,
}) => {
  const file = await makeFile('film.mp4', MiB);
  const app = await openApp({ shouldUseMultipart: false }, ownServer(backend));
  await app.add(file);
  const put = page.waitForRequest((request) => request.method() === 'PUT');
  await app.begin('upload');
  const { url, headers } = await put.then(async (request) => ({ url: request.url(), headers: request.headers() }));
  expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  const { 'content-type': type = '' } = headers;
  const answer = await fetch(url, { method: 'PUT', headers: { 'Content-Type': type }, body: new Uint8Array(2 * MiB) });
  expect(answer.status).toBe(403);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test.describe('with a network that damages what it carries', () => {
  test.use({ proxy: async ({ network }, use) => use({ server: network.address }) });

  test('5 a bit that flips on its way is found, and the part sent again', async ({
    backend,
    network,
    makeFile,
    openApp,
  }) => {
    let flipped = false;
    network.meddle = ({ method, url }) => {
      if (flipped || method !== 'PUT' || !url.includes('partNumber=2')) return undefined;
      flipped = true;
      return { kind: 'flip' };
    };
    const file = await makeFile('film.mp4', 12 * MiB);
    const app = await openApp(IN_PARTS, ownServer(backend));
    await app.add(file);
    await app.begin('upload');
    expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(flipped).toBe(true);
    expect(await storedSha256(backend)).toBe(await file.sha256());
  });
});
