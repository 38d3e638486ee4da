/** Photos of a camera that Chromium makes up, and a person who says yes or no to it: each in a browser of its own. */
import type { Browser, BrowserContextOptions, Page, PlaywrightWorkerArgs } from '@playwright/test';
import { launchOptions } from '../../../scripts/browser.mjs';
import { test as base, expect, storedSha256 } from '../support/fixtures.ts';

/** Opens a page in a browser with these flags, which ends with the test. */
type Open = (flags: readonly string[], look?: BrowserContextOptions) => Promise<Page>;

const test = base.extend<{ open: Open }>({
  open: async ({ playwright }: Pick<PlaywrightWorkerArgs, 'playwright'>, use) => {
    const browsers: Browser[] = [];
    const { args = [], ...options } = launchOptions();
    await use(async (flags, look) => {
      const camera = '--use-fake-device-for-media-stream';
      const browser = await playwright.chromium.launch({ ...options, args: [...args, camera, ...flags] });
      browsers.push(browser);
      return browser.newPage(look);
    });
    for (const browser of browsers) await browser.close();
  },
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page) => page.locator('[data-portage-item]');

test('a photo of the camera is stored as it was taken', async ({ open, backend, serve }) => {
  const page = await open(['--use-fake-ui-for-media-stream']);
  await page.goto(`${await serve('kit')}#sources`);
  await button(page, 'Take a photo').click();
  await expect(button(page, 'Take the photo')).not.toHaveAttribute('aria-disabled');
  await button(page, 'Take the photo').click();
  const sha256 = await page.getByAltText('The photo').evaluate(async (photo: HTMLImageElement) => {
    const digest = await crypto.subtle.digest('SHA-256', await (await fetch(photo.src)).arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  await button(page, 'Use this photo').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(row(page)).toHaveAttribute('data-status', 'complete');
  expect(await storedSha256(backend)).toBe(sha256);
  const [object] = backend.store.objects(backend.bucket);
  expect(object?.headers['content-type']).toBe('image/jpeg');
});

test('who says no to the camera reads what to do', async ({ open, serve }) => {
  const page = await open(['--use-fake-ui-for-media-stream=deny']);
  await page.goto(`${await serve('kit')}#sources`);
  await button(page, 'Take a photo').click();
  await expect(page.getByRole('alert')).toContainText('The camera is blocked');
  await expect(button(page, 'Retry')).toBeFocused();
});

test("on a phone the system's own camera takes the photo", async ({ open, backend, serve, makeFile }) => {
  // There Chromium knows the attribute `capture`, as this has it do here.
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 720 } };
  const page = await open(['--enable-blink-features=MediaCapture'], phone);
  await page.goto(`${await serve('kit')}#sources`);
  const taken = await makeFile('image.jpg', 100_000);
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Take a photo').tap();
  const chooser = await choosing;
  expect(await chooser.element().getAttribute('capture')).toBe('environment');
  await chooser.setFiles(taken.path);
  await expect(row(page)).toHaveAttribute('data-status', 'complete');
  await expect(page.getByTitle(/^photo-.*\.jpg$/)).toBeVisible();
  expect(await storedSha256(backend)).toBe(await taken.sha256());
});
