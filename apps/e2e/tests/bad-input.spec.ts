import { rm } from 'node:fs/promises';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, type Uploading } from '../support/harness.ts';

async function addBlob(page: import('@playwright/test').Page, name: string, bytes: number) {
  await page.evaluate(
    ([name, bytes]) => {
      const data = new Blob([new Uint8Array(bytes)]);
      window.harness.uppy.addFile({ name, type: '', data });
    },
    [name, bytes] as const,
  );
}

async function errorOf(page: import('@playwright/test').Page) {
  return page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const error = plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error;
    return error && { code: error.code, message: error.message, hint: error.hint };
  });
}

const NAMES = {
  spaces: ' my  holiday film .mp4 ',
  slashes: 'a/b\\c//d',
  'dots only': '../../../../etc/passwd',
  emoji: '👩‍👩‍👧‍👦 família.png',
  '1,000 characters': 'x'.repeat(1000),
  '1,000 emoji': '🎬'.repeat(1000),
  'right-to-left marks': '\u202egpj.exe\u202c',
  'a NUL and a newline': 'a\0b\nc\r\nX-Evil: 1',
  'percent signs': '%2e%2e%2f%00',
  'nothing but a dot': '.',
  'a lone surrogate': '\ud800.bin',
};

for (const [what, name] of Object.entries(NAMES)) {
  test(`a name with ${what} just works`, async ({ page, backend, serve }) => {
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await addBlob(page, name, 1000);
    await uploading.start();
    expect((await uploading.finish()).failed).toEqual([]);
    const [object] = backend.store.objects(backend.bucket);
    expect(object?.size).toBe(1000);
    expect(object?.key).not.toContain('..');
    expect(Buffer.byteLength(object?.key ?? '')).toBeLessThanOrEqual(1024);
  });
}

test('a file that disappears while it is sent ends with words', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 4 * MiB });
  const file = await makeFile('film.mp4', 96 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await rm(file.path);
  expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  expect(await errorOf(page)).toMatchObject({ code: 'file-unreadable', hint: 'Pick the file again.' });
  expect(backend.store.objects(backend.bucket)).toEqual([]);
});

test.describe('a limit of 100 MiB', () => {
  test.use({ backendOptions: { routes: { files: { anonymous: true, maxSize: 100 * MiB } } } });

  test('refuses 50 GB before a byte is sent', async ({ page, backend, serve, makeFile }) => {
    const file = await makeFile('huge.bin', 50_000_000_000, { sparse: true });
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(file);
    expect(await uploading.finish()).toEqual({ successful: [], failed: ['huge.bin'] });
    const error = await errorOf(page);
    expect(error?.code).toBe('server-refused');
    expect(error?.message).toMatch(/100/);
    expect(backend.store.journal.requests()).toEqual([]);
  });
});

test('a wrong address of the server is told at once, not retried for ever', async ({ page, backend, serve }) => {
  const setup = { endpoint: `${backend.apiUrl}/nowhere` };
  const uploading = await openHarness(page, await serve('harness'), setup);
  await addBlob(page, 'a', 10);
  await uploading.start();
  expect((await uploading.finish()).failed).toEqual(['a']);
  // What answers there is no upload server, so it lets no page of another origin read its response.
  expect((await errorOf(page))?.code).toBe('server-unreadable');
});

test('a store that is down at start is told, and the upload goes on once it is up', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const file = await makeFile('film.mp4', 12 * MiB);
  const { port, dataDir } = backend.store;
  await backend.store.close();
  const uploading: Uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  await expect.poll(async () => (await uploading.snapshots())['film.mp4']?.status).toBe('retrying');
  const { createMockS3 } = await import('@portage/mock-s3');
  await using store = await createMockS3({
    port,
    dataDir,
    credentials: backend.store.credentials,
    buckets: [backend.bucket],
  });
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256({ ...backend, store })).toBe(await file.sha256());
});

test('wrong options are refused when the plugin is used, in words', async ({ page, backend, serve }) => {
  await openHarness(page, await serve('harness'), portageServer(backend));
  const refuse = (options: object) =>
    page.evaluate((options) => {
      try {
        window.setUp({ endpoint: '/x' }, options);
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    }, options);
  expect(await refuse({ partSize: -1 })).toContain('`partSize` must be a whole number above 0, not -1');
  expect(await refuse({ concurrency: 1.5 })).toContain('`concurrency`');
  expect(await refuse({ engine: 'uppy' })).toContain("`engine: 'uppy'` needs the options of @uppy/aws-s3");
});
