// `npm run demo:recording`: breaks the demo's sample in a real browser, and writes what is seen into docs/demo.webp, the README's
// picture, and its end into docs/demo.png, for those who want nothing to move.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';

const sharp = createRequire(new URL('../packages/processing/package.json', import.meta.url))('sharp');

/** A frame is taken this often, and shown that long. In milliseconds. */
const TAKEN_EVERY = 250;
const SHOWN_FOR = 90;
/** The first and the last frame stay. In milliseconds. */
const AT_REST = [1_200, 6_000];
const LARGEST = 400_000;
/** In pixels of the page, and how many of the picture's each of them is. */
const WIDTH = 860;
const SCALE = 1.25;

const dataDir = await mkdtemp(join(tmpdir(), 'portage-recording-'));
process.env.PORTAGE_DATA_DIR = join(dataDir, 'data');
const { startDemo } = await import('./demo.mjs');
const demo = await startDemo({ outageSeconds: 3, sampleSpeed: 14_000_000 });
const browser = await chromium.launch({ executablePath: ensureBrowser() });
const page = await browser.newPage({
  viewport: { width: WIDTH, height: 1_000 },
  colorScheme: 'light',
  deviceScaleFactor: SCALE,
});

try {
  await page.goto(demo.url);
  const section = page.getByRole('region', { name: 'Break an upload' });
  const send = section.getByRole('button', { name: /^Send a/ });
  await send.waitFor();
  // Only the section, on white.
  await page.addInitScript(() => {
    const style =
      '.header, .tabs, .footer, .columns > :not(.break), .details { display: none !important } .page { padding: 0 !important; gap: 0 !important }';
    addEventListener('DOMContentLoaded', () =>
      document.head.append(Object.assign(document.createElement('style'), { textContent: style })),
    );
  });
  await page.reload();
  await send.waitFor();

  const frames = [];
  let isOver = false;
  const take = async () => frames.push(await page.screenshot({ animations: 'disabled' }));
  const film = async () => {
    while (!isOver) {
      const next = new Promise((resolve) => setTimeout(resolve, TAKEN_EVERY));
      // Not while the page is being loaded anew.
      await take().catch(() => undefined);
      await next;
    }
  };

  const stored = async () =>
    Number(
      /^\d+/.exec(
        (await section
          .getByText(/parts stored/)
          .first()
          .textContent()) ?? '',
      )?.[0] ?? 0,
    );
  const until = async (isSo) => {
    while (!(await isSo())) await page.waitForTimeout(100);
  };
  /** Presses it once parts are stored, and waits for some more. */
  const breakIt = async (name) => {
    const before = await stored().catch(() => 0);
    await until(async () => (await stored().catch(() => 0)) >= before + 4);
    await section.getByRole('button', { name, exact: true }).click();
    await until(async () => (await page.locator('[data-broken]').count()) === 0);
  };

  await take();
  const filming = film();
  await send.click();
  for (const name of ['Pull the plug', 'Train tunnel', 'Kill the server', 'Reload']) await breakIt(name);
  const verdict = page.getByText(/^Identical\. SHA-256/);
  await verdict.waitFor({ timeout: 120_000 });
  isOver = true;
  await filming;
  await take();

  const { height } = await section.boundingBox();
  const area = { left: 0, top: 0, width: WIDTH * SCALE, height: Math.ceil(height * SCALE) };
  const cut = await Promise.all(frames.map((frame) => sharp(frame).extract(area).png().toBuffer()));
  const last = cut.at(-1);
  const delay = cut.map((_, index) => (index === 0 ? AT_REST[0] : index === cut.length - 1 ? AT_REST[1] : SHOWN_FOR));
  const recording = await sharp(cut, { join: { animated: true } })
    .webp({ quality: 60, effort: 6, minSize: true, loop: 0, delay })
    .toBuffer();
  const still = await sharp(last).png({ palette: true }).toBuffer();
  if (recording.length > LARGEST)
    throw new Error(`The recording has ${recording.length} bytes; at most ${LARGEST} are wanted.`);
  await writeFile(new URL('../docs/demo.webp', import.meta.url), recording);
  await writeFile(new URL('../docs/demo.png', import.meta.url), still);
  console.log(
    `docs/demo.webp: ${frames.length} frames, ${recording.length} bytes. docs/demo.png: ${still.length} bytes.`,
  );
  console.log(await verdict.textContent());
} finally {
  await browser.close();
  await demo.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);
