/** What is prepared in the page before it is sent: pictures and text, by real browsers. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firefox, type Page } from '@playwright/test';
import sharp from 'sharp';
import { firefoxOptions } from '../../../scripts/browser.mjs';
import { expect, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';
import { photo, seen } from '../support/photo.ts';
import { readStored } from '../support/read-stored.ts';
import { turnedHeic } from '../support/turned-heic.ts';
import { uploadsSaved } from '../support/uploads-saved.ts';

const fixture = (name: string) => new URL(`../../../packages/protocol/test/real/${name}`, import.meta.url);

/** Of one colour channel: what JPEG at 85 % and another way of rounding may change. */
const CLOSE = 12;

/** The worker's script. */
const PREPARING = /prepare-worker/;

const isPreparing = (worker: { url(): string }) => /(?:prepare|heic)-worker/.test(worker.url());

function expectSameColors(is: number[][], were: number[][]): void {
  for (const [index, color] of is.entries())
    for (const [channel, value] of color.entries())
      expect(Math.abs(value - (were[index]?.[channel] ?? -999)), `${is} and ${were}`).toBeLessThanOrEqual(CLOSE);
}

test.describe('before it is sent', () => {
  test.use({ backendOptions: { routes: { files: { anonymous: true, gzip: true }, plain: { anonymous: true } } } });

  const names = (page: Page) =>
    page.evaluate(() =>
      window.harness.uppy
        .getFiles()
        .map(({ name }) => name)
        .sort(),
    );

  test('a photo loses its place and what is too many of its pixels, and stays upright and in its colours', async ({
    page,
    backend,
    serve,
    folder,
  }) => {
    const [large, small] = [await photo(1200), await photo(300)];
    const lossy = await sharp(randomBytes(400 * 400 * 3), { raw: { width: 400, height: 400, channels: 3 } })
      .jpeg({ quality: 5 })
      .toBuffer();
    const files = {
      'large.jpg': large,
      'small.jpg': small,
      // What a browser makes of it at this quality has more bytes.
      'larger.jpg': lossy,
      'broken.jpg': randomBytes(5000),
      'cut.jpg': large.subarray(0, 700),
      'photo.webp': await readFile(fixture('photo.webp')),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    const options = { prepare: { images: { maxWidth: 399, maxHeight: 600, quality: 1 } } };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
    await page.getByLabel('Files').setInputFiles(Object.keys(files).map((name) => join(folder, name)));
    await uploading.start();
    expect((await uploading.finish()).failed).toEqual([]);
    expect(await names(page)).toEqual(Object.keys(files).sort());

    const stored = (name: string) => readStored(backend, name);
    const before = await seen(large);
    expect(before.tells.includes('Camera 7')).toBe(true);
    const after = await seen(await stored('large.jpg'));
    expect(after).toMatchObject({ format: 'jpeg', width: 399, height: 599, orientation: 1, tells: Buffer.alloc(0) });
    expectSameColors(after.colors, before.colors);

    // No pixel of it is touched.
    const untouched = await stored('small.jpg');
    const [pixels, same] = await Promise.all([small, untouched].map((bytes) => sharp(bytes).raw().toBuffer()));
    expect(pixels?.equals(same as Buffer)).toBe(true);
    const { icc, orientation, tells } = await seen(untouched);
    expect([orientation, icc]).toEqual([6, before.icc]);
    expect(tells.includes('Camera 7')).toBe(false);

    for (const name of ['larger.jpg', 'broken.jpg', 'cut.jpg'] as const)
      expect((await stored(name)).equals(files[name]), name).toBe(true);
    const statuses = await page.evaluate(() => window.harness.statuses);
    expect(statuses).toContain('preparing');
  });

  test('a HEIC photo becomes a JPEG, upright, in its colours, without its place', async ({
    page,
    backend,
    serve,
    folder,
  }) => {
    const jpeg = await photo(320);
    // The same, by heif-enc of libheif 1.15.1.
    const heic = await readFile(new URL('../support/lying.heic', import.meta.url));
    expect(heic.includes('Camera 7')).toBe(true);
    await writeFile(join(folder, 'IMG_1.HEIC'), turnedHeic(heic));
    const options = { prepare: { heic: true } };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
    await page.getByLabel('Files').setInputFiles(join(folder, 'IMG_1.HEIC'));
    await uploading.start();
    expect(await uploading.finish()).toEqual({ successful: ['IMG_1.jpg'], failed: [] });
    const [object] = backend.store.objects(backend.bucket);
    expect(object?.headers['content-type']).toBe('image/jpeg');
    expect(object?.key).toMatch(/\/IMG_1\.jpg$/);
    const [after, before] = await Promise.all([readStored(backend, 'IMG_1.jpg').then(seen), seen(jpeg)]);
    expect(after).toMatchObject({ format: 'jpeg', width: 320, height: 480, orientation: 1, tells: Buffer.alloc(0) });
    expectSameColors(after.colors, before.colors);
    expect(page.workers().filter(isPreparing)).toEqual([]);
  });

  test('text is sent compressed and read as it was, where the route takes it', async ({
    page,
    backend,
    serve,
    folder,
  }) => {
    const table = Array.from({ length: 20_000 }, (_, index) => `${index},a line of a table\n`).join('');
    await writeFile(join(folder, 'table.csv'), table);
    const url = await serve('harness');
    for (const route of ['files', 'plain']) {
      const options = { route, allowedMetaFields: false, prepare: { gzip: true } };
      const uploading = await openHarness(page, url, portageServer(backend), options);
      await page.getByLabel('Files').setInputFiles(join(folder, 'table.csv'));
      await uploading.start();
      expect((await uploading.finish()).failed).toEqual([]);
    }
    const [packed, plain] = backend.store.objects(backend.bucket);
    expect(packed?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/csv' });
    expect(packed?.size).toBeLessThan(table.length / 4);
    expect(plain).toMatchObject({ size: table.length });
    expect(plain?.headers).not.toHaveProperty('content-encoding');
    for (const key of [packed?.key, plain?.key])
      expect((await readStored(backend, key?.replace(/^[^/]*\//, '') ?? '')).toString()).toBe(table);
  });

  test('what is removed is not prepared any more, what is paused waits, and the others go on', async ({
    page,
    backend,
    serve,
    folder,
  }) => {
    await writeFile(join(folder, 'large.jpg'), await photo(4000));
    await writeFile(join(folder, 'small.jpg'), await photo(300));
    const options = { prepare: { images: { maxWidth: 1000 } } };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
    const status = (name: string) =>
      page.evaluate((name) => {
        const { uppy, plugin } = window.harness;
        return plugin.uploads.get(uppy.getFiles().find((file) => file.name === name)?.id ?? '')?.status;
      }, name);
    const add = (name: string) => page.getByLabel('Files').setInputFiles(join(folder, name));
    const working = () => page.workers().filter(isPreparing).length;

    await add('large.jpg');
    await uploading.start();
    await expect.poll(working).toBe(1);
    await page.evaluate(() => window.harness.uppy.pauseAll());
    await expect.poll(working).toBe(0);
    expect(await status('large.jpg')).toBe('paused');
    await page.evaluate(() => window.harness.uppy.resumeAll());
    await expect.poll(working).toBe(1);
    expect(await status('large.jpg')).toBe('preparing');

    await add('small.jpg');
    await page.evaluate(() => {
      const { uppy } = window.harness;
      uppy.removeFile(uppy.getFiles().find(({ name }) => name === 'large.jpg')?.id ?? '');
      window.uploading = Promise.all([window.uploading, uppy.upload()]);
    });
    expect(await uploading.finish()).toEqual({ successful: ['small.jpg'], failed: [] });
    // Chromium tells of a worker's end a moment later.
    await expect.poll(working).toBe(0);
    expect(backend.store.objects(backend.bucket).map(({ key }) => key.replace(/.*\//, ''))).toEqual(['small.jpg']);
  });

  test('a reload in the midst begins with the picked file again, where Golden Retriever brings it back', async ({
    browserName,
    page,
    backend,
    serve,
    folder,
  }) => {
    test.skip(browserName !== 'chromium', 'Nothing in it depends on the browser.');
    const picked = join(folder, 'photo.jpg');
    await writeFile(picked, await photo(2400));
    const options = { goldenRetriever: true, prepare: { images: { maxWidth: 600 } } };
    const url = await serve('harness');
    const before = await openHarness(page, url, portageServer(backend), options);
    // The script of the worker does not come, so that the page is gone before the picture is prepared.
    await page.route(PREPARING, () => {});
    await page.getByLabel('Files').setInputFiles(picked);
    const preparing = page.waitForRequest(PREPARING);
    await before.start();
    await preparing;
    await page.evaluate(() => window.harness.uppy.pauseAll());
    // It saves what it knows now and then.
    await expect.poll(() => uploadsSaved(page)).toBe(1);
    await page.unroute(PREPARING);

    const after = await openHarness(page, url, portageServer(backend), options);
    await expect.poll(() => page.evaluate(() => window.harness.uppy.getState().recoveredState !== null)).toBe(true);
    await page.evaluate(() => {
      const { uppy } = window.harness;
      uppy.emit('restore-confirmed');
      window.uploading = uppy.upload();
    });
    const status = () =>
      page.evaluate(() => {
        const { uppy, plugin } = window.harness;
        return plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.status;
      });
    await expect
      .poll(async () => {
        const now = await status();
        // Where it has saved that, too.
        if (now === 'paused') await page.evaluate(() => window.harness.uppy.resumeAll());
        return now;
      })
      .toBe('complete');
    expect((await after.finish()).successful).toEqual(['photo.jpg']);
    const { width, height, orientation, tells } = await seen(await readStored(backend, 'photo.jpg'));
    expect([width, height, orientation, tells.length]).toEqual([600, 900, 1, 0]);
  });

  test('where a browser gives noise for pixels, the picture keeps its own, and loses its place all the same', async ({
    browserName,
    backend,
    serve,
    folder,
  }) => {
    const known = firefoxOptions();
    test.skip(browserName !== 'firefox' || !known, 'Firefox has a setting for it.');
    const { channel, launchOptions: { firefoxUserPrefs = {}, ...options } = {} } = known ?? {};
    const hiding = { ...firefoxUserPrefs, 'privacy.resistFingerprinting': true };
    const browser = await firefox.launch({ ...options, ...(channel && { channel }), firefoxUserPrefs: hiding });
    try {
      const page = await browser.newPage();
      const picked = await photo(600);
      await writeFile(join(folder, 'photo.jpg'), picked);
      const prepare = { images: { maxWidth: 300 } };
      const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { prepare });
      await page.getByLabel('Files').setInputFiles(join(folder, 'photo.jpg'));
      await uploading.start();
      expect((await uploading.finish()).failed).toEqual([]);
      const [after, before] = await Promise.all([readStored(backend, 'photo.jpg').then(seen), seen(picked)]);
      expect([after.width, after.height, after.tells.includes('Camera 7')]).toEqual([600, 900, false]);
      expectSameColors(after.colors, before.colors);
    } finally {
      await browser.close();
    }
  });
});
