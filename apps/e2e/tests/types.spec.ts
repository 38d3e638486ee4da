/** What a route does not take is told before it is sent, and what it takes is sent. */
import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const GiB = 1024 * MiB;
const SENDING = ['PutObject', 'UploadPart'] as const;
const CODE = /\/look-inside-[^/]*\.js$/;

const real = fileURLToPath(new URL('../../../packages/protocol/test/real/', import.meta.url));
const realFiles = readdirSync(real).map((name) => {
  const path = real + name;
  return { name, path, size: statSync(path).size, sha256: async () => '' };
});

async function errorOf(page: import('@playwright/test').Page) {
  return page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const error = plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error;
    return error && { message: error.message, hint: error.hint, code: 'serverCode' in error && error.serverCode };
  });
}

test.describe('a route that takes films', () => {
  test.use({ backendOptions: { routes: { files: { anonymous: true, accept: ['video/*'], maxSize: 5 * GiB } } } });

  test('refuses 4 GiB of something else before a byte is sent', async ({ page, backend, serve, makeFile }) => {
    const file = await makeFile('film.mp4', 4 * GiB, { sparse: true });
    await using content = await open(file.path, 'r+');
    await content.write('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 0, 'latin1');
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(file);
    expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
    expect(await errorOf(page)).toEqual({
      code: 'type-refused',
      message: 'This file is not an MP4 video, as its name says, but a PDF document.',
      hint: 'Choose a file of one of these types: videos.',
    });
    const sent = backend.store.journal.requests().filter(({ operation }) => SENDING.some((name) => name === operation));
    expect(sent).toEqual([]);
    // What was begun at the store is removed.
    await backend.store.journal.ended({ operation: 'AbortMultipartUpload' });
  });

  test('lets the server look where the code for it does not arrive', async ({ page, backend, serve, makeFile }) => {
    await page.route(CODE, (route) => route.abort());
    const file = await makeFile('film.mp4', 1 * MiB, { sparse: true });
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(file);
    expect((await uploading.finish()).failed).toEqual(['film.mp4']);
    expect((await errorOf(page))?.code).toBe('type-refused');
    expect(backend.store.objects(backend.bucket)).toEqual([]);
  });
});

test.describe('a route that takes what people really have', () => {
  const extensions = [...new Set(realFiles.map(({ name }) => `.${name.split('.').at(-1)}`))];
  test.use({ backendOptions: { routes: { files: { anonymous: true, accept: extensions } } } });

  test('takes files of real writers, by the page and by the server', async ({ page, backend, serve }) => {
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await uploading.send(...realFiles);
    expect((await uploading.finish()).failed).toEqual([]);
    expect(backend.store.objects(backend.bucket)).toHaveLength(realFiles.length);
  });
});

test('a route that takes everything loads no code for it', async ({ page, backend, serve, makeFile }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const file = await makeFile('film.mp4', 1 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  expect((await uploading.finish()).failed).toEqual([]);
  expect(loaded.filter((url) => CODE.test(url))).toEqual([]);
  expect(loaded.some((url) => /\/uploader-[^/]*\.js$/.test(url))).toBe(true);
});
