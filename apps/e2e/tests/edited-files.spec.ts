/** A file that is edited after its upload has failed is sent as it is now, as Uppy's own uploader does. */
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';
import { REFUSED } from '../support/refused.ts';

declare global {
  interface Window {
    /** Puts other bytes in the place of the file's, as an image editor or a compressor does. */
    edit(id: string, letter: string, size: number): void;
  }
}

/** What the store's objects are made of, the oldest first: sizes, and the letter that each is full of. */
async function stored(backend: import('@portage/mock-backend').Backend) {
  const { store, bucket } = backend;
  const letters = ['a', 'b'];
  const sums = new Map<string, string>();
  const { createHash } = await import('node:crypto');
  return Promise.all(
    store.objects(bucket).map(async ({ key, size }) => {
      for (const letter of letters) {
        sums.set(createHash('sha256').update(Buffer.alloc(size, letter)).digest('hex'), letter);
      }
      return `${size} ${sums.get(await store.sha256(bucket, key)) ?? 'a mix'}`;
    }),
  );
}

for (const [how, inParts, plugins] of [
  ['in one request', false, ['PortageS3', 'AwsS3']],
  // `AwsS3` (6.3.1) makes one object of old and new parts.
  ['in parts', true, ['PortageS3']],
] as const) {
  for (const plugin of plugins) {
    test(`${plugin}, ${how}: new bytes after a failure are what is stored`, async ({
      page,
      backend,
      faults,
      serve,
    }) => {
      const size = inParts ? 12 * MiB : 100_000;
      const smaller = inParts ? 6 * MiB : 500;
      faults.intercept = ({ operation, partNumber }) =>
        operation === 'PutObject' || (operation === 'UploadPart' && partNumber === 2) ? REFUSED : undefined;
      const options = { shouldUseMultipart: inParts, chunkSize: 5 * MiB };
      await openHarness(page, await serve('harness'), uppySigner(backend), options, plugin);
      const failed = await page.evaluate(async (size) => {
        const { uppy } = window.harness;
        const fill = (letter: string, size: number) => new Blob([letter.repeat(size)], { type: 'image/png' });
        window.edit = (id, letter, size) => uppy.setFileState(id, { data: fill(letter, size), size });
        uppy.addFile({ name: 'picture.png', type: 'image/png', data: fill('a', size) });
        return (await uppy.upload())?.failed?.length;
      }, size);
      expect(failed).toBe(1);
      faults.intercept = () => undefined;
      const successful = await page.evaluate(async (smaller) => {
        const { uppy } = window.harness;
        const id = uppy.getFiles()[0]?.id ?? '';
        window.edit(id, 'b', smaller);
        await uppy.retryUpload(id);
        return uppy.getFiles().filter((file) => file.progress.uploadComplete && !file.error).length;
      }, smaller);
      expect(successful).toBe(1);
      expect(await stored(backend)).toEqual([`${smaller} b`]);
      // What the store held of the file as it was is given away.
      if (plugin === 'PortageS3') await expect.poll(() => backend.store.multipartUploads(backend.bucket)).toEqual([]);
    });
  }
}

test('a new name, and new metadata, reach the server at a retry', async ({ page, backend, faults, serve }) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'error', status: 400, code: 'InvalidRequest' } : undefined;
  await openHarness(page, await serve('harness'), portageServer(backend));
  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/create')) asked.push(request.postDataJSON());
  });
  await page.evaluate(async () => {
    const { uppy } = window.harness;
    uppy.addFile({ name: 'a.txt', type: 'text/plain', data: new Blob(['aaa']), meta: { by: 'me' } });
    await uppy.upload();
  });
  faults.intercept = () => undefined;
  await page.evaluate(async () => {
    const { uppy } = window.harness;
    const id = uppy.getFiles()[0]?.id ?? '';
    uppy.setFileMeta(id, { by: 'you' });
    uppy.setFileState(id, { name: 'b.txt' });
    await uppy.retryAll();
  });
  expect(asked).toHaveLength(2);
  expect(JSON.stringify(asked[1])).toContain('"by":"you"');
  expect(backend.store.objects(backend.bucket).map(({ key }) => key.split('/').at(-1))).toEqual(['b.txt']);
});

test.describe('a limit of 1 MiB', () => {
  test.use({ backendOptions: { routes: { files: { anonymous: true, maxSize: MiB } } } });

  test('a file that was refused as too large, and made smaller, is stored', async ({ page, backend, serve }) => {
    await openHarness(page, await serve('harness'), portageServer(backend));
    const outcomes = await page.evaluate(async () => {
      const { uppy, plugin } = window.harness;
      const id = uppy.addFile({ name: 'a.png', type: 'image/png', data: new Blob(['a'.repeat(2_000_000)]) });
      await uppy.upload();
      const before = plugin.uploads.get(id)?.error?.code;
      const data = new Blob(['b'.repeat(500)]);
      uppy.setFileState(id, { data, size: data.size });
      await uppy.retryAll();
      return [before, plugin.uploads.get(id)?.status];
    });
    expect(outcomes).toEqual(['server-refused', 'complete']);
    expect(await stored(backend)).toEqual(['500 b']);
  });
});

test('a file that was not edited goes on where it was', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = ({ operation, partNumber }) =>
    operation === 'UploadPart' && partNumber === 3 ? REFUSED : undefined;
  const file = await makeFile('film.mp4', 22 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { partSize: 5 * MiB });
  await uploading.send(file);
  expect((await uploading.finish()).failed).toEqual(['film.mp4']);
  faults.intercept = () => undefined;
  await page.evaluate(() => window.harness.uppy.retryAll());
  expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(backend.store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
});

test('a part size that is no number is the end of that upload, in words, and of no other', async ({
  page,
  backend,
  serve,
}) => {
  const told: string[] = [];
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
  await openHarness(page, await serve('harness'), uppySigner(backend), { shouldUseMultipart: true });
  const ends = await page.evaluate(async () => {
    const { uppy, plugin } = window.harness;
    const getChunkSize = ({ size }: { size: number }) => (size === 666 ? Number.NaN : 5_242_880);
    plugin.setOptions({ getChunkSize } as never);
    const ids = [666, 1000].map((size) =>
      uppy.addFile({ name: `${size}`, type: '', data: new Blob(['a'.repeat(size)]) }),
    );
    await uppy.upload();
    return ids.map((id) => plugin.uploads.get(id)?.error?.code ?? plugin.uploads.get(id)?.status);
  });
  expect(ends).toEqual(['app-callback', 'complete']);
  expect(told.join('\n')).toContain('A part cannot have NaN bytes.');
});
