/** Files as people bring them, by the browser's own clipboard, drag and picker, into pages as people build them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { centreOf, dropFiles } from '../support/drop-files.ts';
import { expect, MiB, storedSha256, type TestFile, test } from '../support/fixtures.ts';
import { watchTasks } from '../support/longest-task.ts';

/** Copies cells, as a spreadsheet does: text, markup, and a picture of them. By a click, without which Firefox copies nothing. */
async function copyCells(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
    const picture = await canvas.convertToBlob();
    const text = new Blob(['1\t2'], { type: 'text/plain' });
    const html = new Blob(['<table><tr><td>1</td><td>2</td></tr></table>'], { type: 'text/html' });
    const item = new ClipboardItem({ 'text/plain': text, 'text/html': html, 'image/png': picture });
    const button = document.body.appendChild(document.createElement('button'));
    button.textContent = 'Copy';
    button.onclick = async () => {
      await navigator.clipboard.write([item]);
      button.remove();
    };
  });
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(0);
}

/** Firefox lets pages write to the clipboard at a click, and knows no such permission. */
async function allowClipboard({
  context,
  browserName,
}: {
  context: BrowserContext;
  browserName: string;
}): Promise<void> {
  if (browserName === 'chromium') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
}

test('cells of a spreadsheet stay text, in a field in a shadow root too, unless the zone has the focus', async ({
  page,
  context,
  browserName,
  backend,
  serve,
}) => {
  await allowClipboard({ context, browserName });
  await page.goto(`${await serve('kit')}#elsewhere`);
  const objects = () => backend.store.objects(backend.bucket).map(({ key }) => key.split('/').at(-1));
  await copyCells(page);
  await page.keyboard.press('ControlOrMeta+v');
  await page.getByLabel('Notes').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByLabel('Notes')).toHaveValue('1\t2');
  expect(objects()).toEqual([]);
  // The clipboard of a Firefox without windows keeps no pictures.
  if (browserName === 'firefox') return;
  await page.getByRole('button', { name: 'Choose files' }).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect.poll(objects).toEqual([expect.stringContaining('image.png')]);
  await expect(page.getByRole('listitem')).toHaveCount(1);
});

for (const place of ['the iframe', 'a popup'] as const) {
  test(`by a portal in ${place} files are picked, dropped and pasted`, async ({
    page,
    context,
    browserName,
    backend,
    serve,
    makeFile,
  }) => {
    test.skip(browserName === 'firefox', 'Over BiDi, which drives this Firefox, nothing can be clicked in a frame.');
    await allowClipboard({ context, browserName });
    const { store, bucket } = backend;
    const stored = () => store.objects(bucket).length;
    await page.goto(`${await serve('kit')}#elsewhere`);
    const opening = place === 'a popup' ? context.waitForEvent('page') : undefined;
    await page.getByRole('button', { name: `In ${place}` }).click();
    const popup = await opening;
    const window = popup ?? page;
    const inside = popup?.mainFrame() ?? page.frames().find((frame) => frame.parentFrame() !== null);
    if (!inside) throw new Error('There is no iframe.');

    const picked = await makeFile('picked.bin', 8 * MiB);
    const choosing = window.waitForEvent('filechooser');
    await inside.getByRole('button', { name: 'Choose files' }).click();
    await (await choosing).setFiles(picked.path);
    await expect.poll(stored).toBe(1);
    expect(await storedSha256(backend)).toBe(await picked.sha256());

    const dropped = await makeFile('dropped.bin', MiB);
    await dropFiles(window, await centreOf(inside), [dropped.path]);
    await expect.poll(stored).toBe(2);

    // A drop that misses keeps the page.
    await dropFiles(window, { x: 2, y: 2 }, [dropped.path]);
    await inside.getByRole('button', { name: 'Choose files' }).focus();
    await copyCells(page);
    await window.bringToFront();
    await inside.getByRole('button', { name: 'Choose files' }).focus();
    await window.keyboard.press('ControlOrMeta+v');
    await expect.poll(stored).toBe(3);
    await expect(inside.getByRole('listitem')).toHaveCount(3);
  });
}

test('where a WebView has put a File of its own in place of the browser’s, files are uploaded', async ({
  page,
  browserName,
  backend,
  serve,
  makeFile,
}) => {
  await page.addInitScript(() => {
    // As cordova-plugin-file does.
    Object.assign(window, {
      File: function File(this: object, name: string) {
        Object.assign(this, { name });
      },
    });
  });
  await page.goto(`${await serve('kit')}#routes`);
  const files: TestFile[] = [await makeFile('picked.bin', 8 * MiB), await makeFile('dropped.bin', MiB)];
  await page.locator('input[type=file]').setInputFiles(files[0]?.path ?? '');
  // Only Chromium can be told to drop; elsewhere it is picked as well.
  if (browserName === 'chromium') await dropFiles(page, await centreOf(page), [files[1]?.path ?? '']);
  else await page.locator('input[type=file]').setInputFiles(files[1]?.path ?? '');
  await expect(page.locator('[data-portage-item][data-status=complete]')).toHaveCount(2);
  await expect(page.getByLabel('Held'), 'the app hears of them').toHaveText('picked.bin, dropped.bin');
  expect(backend.store.objects(backend.bucket)).toHaveLength(2);
});

test('a dropped folder of 5,000 files is walked and listed in slices that let the page answer', async ({
  page,
  browser,
  browserName,
  serve,
  folder,
}) => {
  test.skip(browserName === 'firefox', 'Only Chromium can be told to drop, and tells how long its tasks are.');
  const count = 5_000;
  const trip = join(folder, 'trip');
  await mkdir(trip);
  for (let index = 0; index < count; index += 1) await writeFile(join(trip, `${index}.txt`), 'x');
  // What is measured is the drop, and not the uploads.
  await page.route('**/api/**', () => {});
  await page.goto(`${await serve('kit')}#elsewhere`);
  const at = await centreOf(page);
  const watched = await watchTasks(browser);
  await dropFiles(page, at, [trip]);
  await expect(page.locator('.portage-list')).toHaveAttribute('data-count', String(count));
  await expect(page.getByRole('listitem').first()).toBeVisible();
  const [longest = 0] = await watched();
  // 196 ms where all that the browser hands out at once is asked for at once; 25 to 32 in slices.
  expect(longest).toBeLessThan(100);
  test.info().annotations.push({ type: 'longest task', description: `${Math.round(longest)} ms` });
});

test('a dropped folder is paused and resumed as a whole, also what waits of it, and stored as it was', async ({
  page,
  browserName,
  backend,
  faults,
  serve,
  folder,
}) => {
  test.skip(browserName === 'firefox', 'Only Chromium can be told to drop.');
  const count = 120;
  const trip = join(folder, 'trip');
  await mkdir(join(trip, '2026'), { recursive: true });
  for (let index = 0; index < count; index += 1)
    await writeFile(join(trip, index % 2 ? '' : '2026', `${index}.txt`), `${index}`);
  let isHeld = true;
  faults.intercept = ({ operation }) =>
    isHeld && (operation === 'PutObject' || operation === 'UploadPart') ? { kind: 'stall' } : undefined;
  await page.goto(`${await serve('kit')}#elsewhere`);
  await dropFiles(page, await centreOf(page), [trip]);
  await page.getByRole('button', { name: 'Pause trip' }).click();
  const head = page.locator('.portage-folder');
  await expect(head).toHaveAttribute('data-status', 'paused');
  await expect(head).toContainText(`${count} files · `);
  isHeld = false;
  expect(backend.store.objects(backend.bucket)).toEqual([]);
  await page.getByRole('button', { name: 'Resume trip' }).click();
  await expect(head).toHaveAttribute('data-status', 'complete');
  expect(backend.store.objects(backend.bucket)).toHaveLength(count);
});
