/** Every flow by keyboard alone: Tab finds what is pressed, and the focus is never lost. */
import type { Locator, Page } from '@playwright/test';
import { expect, MiB, storedSha256, type TestFile, test } from '../support/fixtures.ts';

/** Presses Tab until `target` has the focus, as a person does. */
async function tabTo(page: Page, target: Locator, { back = false } = {}): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const { outlineStyle } = await target.evaluate((element) => getComputedStyle(element));
      expect(outlineStyle, 'the focus is seen').not.toBe('none');
      return;
    }
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error('The keyboard does not reach it.');
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

async function pick(page: Page, ...files: TestFile[]): Promise<void> {
  // Long before it is opened: until the browser knows that somebody waits for it, it closes it by itself.
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, button(page, 'Choose files'), { back: true });
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(files.map(({ path }) => path));
}

const row = (page: Page, status: string) => page.locator(`li[data-status=${status}]`);

test('picks, pauses, resumes, retries and removes', async ({ page, backend, faults, serve, makeFile }) => {
  const parts = ({ operation }: { operation?: string }) => operation === 'UploadPart';
  faults.intercept = (request) => (parts(request) ? { kind: 'bandwidth', bytesPerSecond: 2 * MiB } : undefined);
  const file = await makeFile('film.mp4', 32 * MiB);
  await page.goto(await serve('kit'));
  await pick(page, file);

  await tabTo(page, button(page, 'Pause film.mp4'));
  await page.keyboard.press('Enter');
  await expect(row(page, 'paused')).toBeVisible();
  expect(await focused(page)).toBe('Resume film.mp4');
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);

  faults.intercept = (request) =>
    parts(request) && request.partNumber === 2 ? { kind: 'error', status: 400, code: 'InvalidRequest' } : undefined;
  await page.keyboard.press('Space');
  await expect(row(page, 'failed')).toContainText('Press Retry later.');
  // The button that had it is gone; another of the row has it now.
  await expect.poll(() => focused(page)).toMatch(/film\.mp4/);

  faults.intercept = () => undefined;
  await tabTo(page, button(page, 'Retry film.mp4'), { back: true });
  await page.keyboard.press('Enter');
  await expect(row(page, 'complete')).toBeVisible();
  await expect.poll(() => focused(page)).toMatch(/film\.mp4/);
  expect(await storedSha256(backend)).toBe(await file.sha256());

  await tabTo(page, button(page, 'Remove film.mp4 from the list'));
  await page.keyboard.press('Enter');
  await expect(page.locator('li[data-status]')).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Choose files');
});

test('removing a row hands the focus to the next one', async ({ page, serve, makeFile }) => {
  const files = await Promise.all(['a.txt', 'b.txt', 'c.txt'].map((name, index) => makeFile(name, 10 + index)));
  await page.goto(await serve('kit'));
  await pick(page, ...files);
  await expect(row(page, 'complete')).toHaveCount(3);
  await tabTo(page, button(page, 'Remove b.txt from the list'));
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Remove c.txt from the list');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('Remove a.txt from the list');
});

test('sends a form that waits for its upload, and says what is missing', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const file = await makeFile('cv.pdf', 12 * MiB);
  await page.goto(await serve('kit'));
  await tabTo(page, button(page, 'Send'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Add a file.' })).toBeVisible();
  await expect.poll(() => focused(page)).toBe('Choose files');

  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: MiB } : undefined;
  await pick(page, file);
  await expect(row(page, 'uploading')).toBeVisible();
  await tabTo(page, button(page, 'Send'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Wait until the upload is done' })).toBeVisible();
  faults.intercept = () => undefined;
  const [object] = await expect
    .poll(() => backend.store.objects(backend.bucket).length)
    .toBe(1)
    .then(() => backend.store.objects(backend.bucket));
  await expect(page.getByRole('status').last()).toHaveText(`Sent 1: ${object?.key}`);
});

test('goes on with what an earlier page began, with one key and without picking', async ({
  page,
  backend,
  faults,
  serve,
}) => {
  // Two parts are through at once, the others take long.
  faults.intercept = ({ partNumber = 0 }) =>
    partNumber > 2 ? { kind: 'bandwidth', bytesPerSecond: MiB / 4 } : undefined;
  await page.goto(await serve('kit'));
  // A file with a handle of the browser's, as a drop gives it. Only the drop itself is made up: a browser under test has
  // no desktop to drag from. The handle is a real one, kept in IndexedDB, and the file is read through it.
  const sha256 = await page.evaluate(async (size) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('film.mp4', { create: true });
    const bytes = new Uint8Array(size).map((_, index) => (index * 7919) >> (index % 13));
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    const prototype = DataTransferItem.prototype as { getAsFileSystemHandle?: () => Promise<FileSystemHandle> };
    prototype.getAsFileSystemHandle = async () => handle;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(await handle.getFile());
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
    document.querySelector('.portage-dropzone')?.dispatchEvent(drop);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }, 48 * MiB);
  const { journal } = backend.store;
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBe(2);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const resume = button(page, 'Continue film.mp4');
  await expect(resume).toBeVisible();
  await expect(page.getByText('To continue, pick the same file again.')).toHaveCount(0);
  faults.intercept = () => undefined;
  await tabTo(page, resume);
  await page.keyboard.press('Enter');
  await expect(row(page, 'complete')).toBeVisible();
  expect(await storedSha256(backend)).toBe(sha256);
  for (const partNumber of [1, 2]) expect(journal.requests({ operation: 'UploadPart', partNumber })).toHaveLength(1);
  await expect(resume).toHaveCount(0);
});
