/** What is sent is not always what was picked: a page compresses pictures, or has them edited. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, MiB, sha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';
import { noisePicture } from '../support/noise-picture.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };
/** Uppy's own, with a quality that leaves a picture of noise several parts. */
const compressor = { compressor: { quality: 0.95 } };
/** Our own. */
const prepare = { prepare: { images: { format: 'jpeg', quality: 0.95 } } };

const unfinished = (page: Page) => page.evaluate(() => window.harness.plugin.unfinished.list());

/** Goes on with the one upload that is on offer, with the file in the page's input. */
const goOn = (page: Page, path: string) =>
  page
    .evaluate(() => {
      const picking = document.createElement('input');
      picking.type = 'file';
      picking.setAttribute('aria-label', 'Picked again');
      document.body.append(picking);
    })
    .then(() => page.getByLabel('Picked again').setInputFiles(path))
    .then(() =>
      page.evaluate(async () => {
        const { plugin, uppy } = window.harness;
        const [offer] = await plugin.unfinished.list();
        const file = document.querySelector<HTMLInputElement>('[aria-label="Picked again"]')?.files?.[0];
        const done = new Promise((resolve) => uppy.once('complete', resolve));
        await plugin.unfinished.continue(offer?.id ?? '', file);
        await done;
      }),
    );

for (const [what, first, then] of [
  ['compressed', compressor, compressor],
  ['prepared', prepare, prepare],
  ['compressed, and becomes other bytes this time: they are sent anew,', compressor, { compressor: { quality: 0.9 } }],
] as const) {
  test(`a picture that was ${what} is continued with the file that was picked`, async ({
    page,
    backend,
    faults,
    serve,
    folder,
  }) => {
    const { store, bucket } = backend;
    faults.intercept = ({ operation, partNumber = 0 }) =>
      operation === 'UploadPart' && partNumber > 1 ? { kind: 'bandwidth', bytesPerSecond: 1024 } : undefined;
    const picture = join(folder, 'photo.png');
    await writeFile(picture, noisePicture(3000));
    const file = { path: picture, name: 'photo.png', size: 0, sha256: () => sha256(picture) };
    const url = await serve('harness');
    const before = await openHarness(page, url, portageServer(backend), { ...OPTIONS, ...first });
    await before.send(file);
    await expect.poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length).toBe(1);

    faults.intercept = () => undefined;
    await openHarness(page, url, portageServer(backend), { ...OPTIONS, ...then });
    await expect.poll(async () => (await unfinished(page)).map(({ name }) => name)).toEqual(['photo.png']);
    await goOn(page, picture);
    const sent = await page.evaluate(async () => {
      const data = window.harness.uppy.getFiles()[0]?.data as Blob;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await data.arrayBuffer()));
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    });
    const [object] = store.objects(bucket);
    expect(object?.headers['content-type']).toBe('image/jpeg');
    expect(await store.sha256(bucket, object?.key ?? '')).toBe(sent);
    expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(then === first ? 1 : 2);
    expect(store.multipartUploads(bucket)).toEqual([]);
    expect(await unfinished(page)).toEqual([]);
  });
}
