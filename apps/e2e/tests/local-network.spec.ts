/**
 * A page on a public address, and a store on this machine: real Chromium, which is told that the page's port is public. Its
 * prompt is only shown in a window, so those tests want an X server (`Xvfb`), and pass over a machine without one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Browser, chromium, type Page } from '@playwright/test';
import { launchOptions } from '../../../scripts/browser.mjs';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { linesOf, openHarness, portageLine, uppySigner } from '../support/harness.ts';
import { hurryUntil, movesOf } from '../support/hurry.ts';
import { addRow } from '../support/table-reporter.ts';

const XVFB = '/usr/bin/Xvfb';
const CHROMIUM = '/usr/bin/chromium';
const ASKED = 'Your browser asks whether this page may reach your local network: allow it';

interface OpenPage {
  readonly page: Page;
  /** What the person decides, in the settings of the page. */
  decide(setting: 'granted' | 'denied' | 'prompt'): Promise<void>;
}

let display: ChildProcess | undefined;
let browser: Browser | undefined;
test.afterEach(async () => {
  await browser?.close();
  display?.kill('SIGTERM');
  browser = undefined;
  display = undefined;
});

/** @param isPublic - Whether its address is taken for a public one, or for what it is. */
async function openPage(url: string, { window = false, isPublic = true } = {}): Promise<OpenPage> {
  const { host, origin } = new URL(url);
  const options = launchOptions();
  const args = [...(options.args ?? []), ...(isPublic ? [`--ip-address-space-overrides=${host}=public`] : [])];
  browser = await chromium.launch({
    ...{ ...options, args },
    ...(window && {
      headless: false,
      executablePath: CHROMIUM,
      env: { ...process.env, DISPLAY: await startDisplay() },
    }),
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  if (!isPublic) await page.clock.install();
  const session = await browser.newBrowserCDPSession();
  const pageSession = await context.newCDPSession(page);
  const { targetInfo } = await pageSession.send('Target.getTargetInfo');
  await page.goto(url);
  return {
    page,
    decide: async (setting) => {
      await session.send('Browser.setPermission', {
        permission: { name: 'loopback-network' },
        setting,
        origin,
        ...(targetInfo.browserContextId !== undefined && { browserContextId: targetInfo.browserContextId }),
      });
    },
  };
}

async function startDisplay(): Promise<string> {
  display = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(createInterface(display.stdio[3] as Readable), 'line')) as [string];
  return `:${number}`;
}

async function pick(page: Page, path: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
}

test('denied: told at once, in words and by its own code, and the way to allow it is told', async ({
  backend,
  serve,
  makeFile,
}) => {
  const { page, decide } = await openPage(await serve('kit'));
  const lines = linesOf(page);
  await decide('denied');
  const file = await makeFile('film.mp4', 12 * MiB);
  const begun = Date.now();
  await pick(page, file.path);
  await expect(page.locator('[data-code="local-network-denied"]')).toBeVisible();
  const took = `${((Date.now() - begun) / 1_000).toFixed(1)} s`;
  const says = await page.locator('[data-code]').first().textContent();
  addRow(test.info(), {
    Setting: 'local network denied',
    'What the page says': `\`local-network-denied\`: ${says}`,
    After: took,
  });
  expect(Date.now() - begun).toBeLessThan(5_000);
  await expect(page.getByText('Allow local network access for this page').first()).toBeVisible();
  expect(await portageLine(lines)).toContain('allow="local-network; loopback-network"');
  expect(backend.store.journal.requests({ operation: 'UploadPart' })).toEqual([]);

  await decide('granted');
  await page.getByRole('button', { name: /^Retry/ }).click();
  await backend.store.journal.ended({ operation: 'CompleteMultipartUpload' });
  await expect(page.locator('[data-status="complete"]').first()).toBeVisible();
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

for (const setting of ['prompt', 'denied'] as const) {
  test(`a page on this machine needs no leave: a store that is silent and then gone is waited for where it is ${setting}`, async ({
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    faults.intercept = ({ operation, attempt }) => {
      if (operation !== 'PutObject' || attempt > 2) return undefined;
      return { kind: attempt === 1 ? 'stall' : 'reset_peer' };
    };
    const url = await serve('harness');
    const { page, decide } = await openPage(url, { isPublic: false });
    await decide(setting);
    const file = await makeFile('note.bin', MiB);
    const uploading = await openHarness(page, url, uppySigner(backend));
    await uploading.send(file);
    const end = await hurryUntil(uploading.finish(), page, () => movesOf(backend));
    expect(end).toEqual({ successful: ['note.bin'], failed: [] });
  });
}

test.describe('in a window, where the browser asks', () => {
  test.skip(!process.env['PORTAGE_WINDOW'], 'Minutes: `npm run test:gateways`.');
  test.skip(!existsSync(XVFB) || !existsSync(CHROMIUM), 'No X server here, or no Chromium with windows.');

  for (const setting of ['granted', 'denied'] as const) {
    test(`says so, sends nothing beside it, and goes on once it is ${setting}`, async ({
      backend,
      serve,
      makeFile,
    }) => {
      test.setTimeout(300_000);
      const { page, decide } = await openPage(await serve('kit'), { window: true });
      const requests: string[] = [];
      page.on('request', (request) => {
        if (request.url().startsWith(backend.s3Endpoint)) requests.push(request.method());
      });
      const file = await makeFile('film.mp4', 12 * MiB);
      await pick(page, file.path);
      await expect(page.getByText(ASKED).first()).toBeVisible();
      const bar = page.getByRole('progressbar').first();
      await expect(bar).toHaveAttribute('aria-valuetext', ASKED);
      // Longer than the first timeout of a part, which is 30 s, and than that of a call.
      // That nothing is sent has no event to wait for.
      await page.waitForTimeout(45_000);
      await expect(page.getByText(ASKED).first()).toBeVisible();
      const asked = [...requests];
      console.log(`while the browser asks, in 45 s: ${asked.join(', ')}`);
      // One request for each part. The page also asks the browser whether the store is public.
      expect(asked.filter((method) => method === 'PUT').length).toBeLessThanOrEqual(3);
      expect(asked.filter((method) => method === 'HEAD').length).toBeLessThanOrEqual(1);
      expect(backend.store.journal.requests({ operation: 'UploadPart' })).toEqual([]);

      const decided = Date.now();
      await decide(setting);
      if (setting === 'denied') {
        await expect(page.locator('[data-code="local-network-denied"]')).toBeVisible();
      } else {
        await backend.store.journal.ended({ operation: 'CompleteMultipartUpload' });
        await expect(page.locator('[data-status="complete"]').first()).toBeVisible();
        expect(await storedSha256(backend)).toBe(await file.sha256());
        expect(backend.store.journal.resentBytes()).toBe(0);
      }
      console.log(`${setting}: went on after ${((Date.now() - decided) / 1_000).toFixed(1)} s`);
    });
  }
});
