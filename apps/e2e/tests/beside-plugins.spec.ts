/** Rows follow their files when Uppy's plugins change them; what is stored is called what it is. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { REFUSED } from '../support/refused.ts';

declare global {
  interface Window {
    /** Puts a picture that the page has drawn into the list; returns its id. */
    addPicture(name: string, type: string): Promise<string>;
  }
}

const row = (page: Page) => page.locator('.portage-item');

async function open(page: Page, url: string, ...plugins: string[]): Promise<void> {
  await page.goto(`${url}?${plugins.map((name) => `use=${name}`).join('&')}#plugins`);
  await expect(page.locator('#editor')).toBeAttached();
  await page.evaluate(() => {
    window.addPicture = async (name, type) => {
      const canvas = document.createElement('canvas');
      canvas.width = 400;
      canvas.height = 300;
      const context = canvas.getContext('2d');
      const pixels = new ImageData(400, 300);
      // Noise: what is compressed twice is smaller than what is compressed once.
      for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
      context?.putImageData(pixels, 0, 0);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      // Padded, as a camera's picture is larger than what a compressor makes of it.
      const data = new File([blob ?? '', new Uint8Array(200_000)], name, { type });
      return window.uppy.addFile({ name, type, data });
    };
  });
}

test("a compressor's name, size and type are the row's, and a retry sends what was compressed once", async ({
  page,
  backend,
  faults,
  serve,
}) => {
  let compressed = 0;
  await open(page, await serve('kit'), 'compressor');
  await page.exposeFunction('onCompressed', () => {
    compressed += 1;
  });
  await page.evaluate(() => {
    const { onCompressed } = window as unknown as { onCompressed(): void };
    window.uppy.on('compressor:complete' as 'resume-all', onCompressed);
  });
  faults.intercept = ({ operation }) => (operation === 'PutObject' || operation === 'UploadPart' ? REFUSED : undefined);
  await page.evaluate(() => window.addPicture('photo.png', 'image/png'));
  await expect(row(page)).toContainText('photo.png');
  const before = await row(page).locator('.portage-size').textContent();
  await page.evaluate(() => window.uppy.upload());
  await expect(row(page)).toContainText('photo.webp');
  await expect(row(page).locator('.portage-preview-image')).toBeVisible();
  await expect(row(page).locator('.portage-size')).not.toHaveText(before ?? '');
  const sent = await page.evaluate(() => window.uppy.getFiles()[0]?.size);
  faults.intercept = () => undefined;
  await row(page).getByRole('button', { name: /retry/i }).click();
  await expect(row(page)).toHaveAttribute('data-status', 'complete');
  expect(compressed, 'Uppy runs it at each attempt').toBe(2);
  const [object] = backend.store.objects(backend.bucket);
  expect(object?.size).toBe(sent);
  expect(object?.headers['content-type']).toBe('image/webp');
  expect(object?.key).toMatch(/photo\.webp$/);
});

for (const [type, name] of [
  ['image/gif', 'moving.gif'],
  ['image/bmp', 'old.bmp'],
] as const) {
  test(`${name}, which the image editor saves as a PNG, is named and stored as one`, async ({
    page,
    backend,
    serve,
  }) => {
    await open(page, await serve('kit'), 'editor');
    await page.evaluate(([name, type]) => window.addPicture(name, type).then((id) => window.saveEdited(id)), [
      name,
      type,
    ] as const);
    const png = name.replace(/\..*/, '.png');
    await expect(row(page)).toContainText(png);
    await page.evaluate(() => window.uppy.upload());
    await expect(row(page)).toHaveAttribute('data-status', 'complete');
    const [object] = backend.store.objects(backend.bucket);
    expect(object?.headers['content-type']).toBe('image/png');
    expect(object?.key.endsWith(png)).toBe(true);
  });
}

test("a thumbnail generator's preview is in the row, and is given away with the list", async ({ page, serve }) => {
  await open(page, await serve('kit'), 'thumbnails');
  await page.evaluate(() => window.addPicture('photo.png', 'image/png'));
  const image = row(page).locator('img');
  await expect(image).toHaveAttribute('src', /^blob:/);
  const address = (await image.getAttribute('src')) ?? '';
  const isThere = () =>
    page.evaluate(
      (address) =>
        fetch(address).then(
          () => true,
          () => false,
        ),
      address,
    );
  expect(await isThere()).toBe(true);
  await page.evaluate(() => window.uppy.clear());
  expect(await isThere()).toBe(false);
});

test('Golden Retriever brings rows back as they were, and their upload goes on', async ({ page, backend, serve }) => {
  const url = await serve('kit');
  await open(page, url, 'retriever', 'thumbnails');
  await page.evaluate(() => window.addPicture('photo.png', 'image/png'));
  await expect(row(page)).toContainText('photo.png');
  const size = await row(page).locator('.portage-size').textContent();
  // It writes files down when it has the time.
  const kept = () =>
    page.evaluate(async () => {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('uppy-blobs');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction(['files']).objectStore('files').getAll();
          all.onsuccess = () => resolve(all.result);
          opening.result.close();
        };
      });
      return rows.length;
    });
  await expect.poll(kept).toBe(1);
  await open(page, url, 'retriever', 'thumbnails');
  await expect(row(page)).toContainText('photo.png');
  await expect(row(page).locator('.portage-size')).toHaveText(size ?? '');
  await expect(row(page).locator('img')).toHaveAttribute('src', /^blob:/);
  await page.evaluate(() => {
    window.uppy.emit('restore-confirmed');
    window.uppy.upload();
  });
  await expect(row(page)).toHaveAttribute('data-status', 'complete');
  expect(backend.store.objects(backend.bucket)).toHaveLength(1);
});
