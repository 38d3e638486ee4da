// Pictures of the layouts from the built Storybook, light and dark, phone and desktop, right to left, and a contact sheet
// of each story: `npm run build:storybook && node packages/react/scripts/screenshots.mjs [folder] [story]`.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../../../scripts/browser.mjs';

const folder = process.argv[2] ?? join(tmpdir(), 'portage-screenshots');
const root = fileURLToPath(new URL('../../../', import.meta.url));

const STORIES = [
  'uploader--every-state',
  'uploader--empty',
  'recipes--single-file',
  'recipes--inline-button',
  'recipes--full-page',
  'recipes--grid',
  ...['list', 'list-with-folders', 'compact', 'table', 'gallery', 'avatar', 'avatar-failed', 'composer', 'tray'].map(
    (layout) => `layouts--${layout}`,
  ),
  'parts-fields-and-crop--ask-for-fields',
  ...['a-table', 'a-gallery', 'lines'].map((where) => `parts-fields-and-crop--ask-for-fields-in-${where}`),
  'parts-fields-and-crop--ask-for-crop',
  ...['from-camera', 'camera-open', 'camera-taken', 'camera-missing', 'from-address', 'from-address-refused'].map(
    (story) => `parts-camera-and-addresses--${story}`,
  ),
  'uploader-recovery--offered',
  'uploader--refused',
  'uploader-themes-and-languages--tailwind',
  'uploader-themes-and-languages--shadcn',
  'uploader-themes-and-languages--arabic',
  'parts-unstyled--parts',
  'with-uppy-inside-upload-root--camera-taken',
];
const LOOKS = ['light', 'dark'].flatMap((theme) =>
  ['ltr', 'rtl'].flatMap((direction) => [
    { theme, direction, name: 'phone', width: 360, height: 720 },
    { theme, direction, name: 'desktop', width: 900, height: 720 },
  ]),
);

mkdirSync(folder, { recursive: true });
const server = await preview({
  configFile: false,
  root,
  logLevel: 'error',
  build: { outDir: 'storybook-static' },
  preview: { port: 0, host: '127.0.0.1' },
});
const options = launchOptions();
const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...media] });
try {
  for (const story of STORIES.filter((id) => id.includes(process.argv[3] ?? ''))) {
    const shots = [];
    for (const { theme, direction, name, width, height } of LOOKS) {
      const page = await browser.newPage({ viewport: { width, height } });
      const language = direction === 'rtl' ? ';language:ar' : '';
      const query = `id=${story}&viewMode=story&globals=theme:${theme}${language}`;
      await page.goto(`${server.resolvedUrls.local[0]}iframe.html?${query}`);
      await page.waitForFunction(() => document.querySelector('#storybook-root')?.childElementCount > 0);
      await page.waitForFunction(() => document.body.classList.contains('sb-show-main'));
      // The play function has ended when nothing has changed for a while.
      await page.waitForFunction(
        () =>
          new Promise((resolve) => {
            let timer = setTimeout(() => resolve(true), 700);
            new MutationObserver(() => {
              clearTimeout(timer);
              timer = setTimeout(() => resolve(true), 700);
            }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
            setTimeout(() => resolve(true), 5000);
          }),
      );
      const path = join(folder, `${story}-${theme}-${direction}-${name}.png`);
      const bytes = await page.screenshot({ path, fullPage: true });
      shots.push({ title: `${theme} ${direction} ${name}`, width, data: bytes.toString('base64') });
      await page.close();
    }
    const sheet = await browser.newPage({ viewport: { width: 1900, height: 900 } });
    const figure = ({ title, width, data }) =>
      `<figure style="margin:0"><figcaption>${title}</figcaption><img width="${width * 0.7}" src="data:image/png;base64,${data}"></figure>`;
    await sheet.setContent(
      `<body style="display:flex;flex-wrap:wrap;gap:8px;font:14px sans-serif">${shots.map(figure).join('')}`,
    );
    await sheet.screenshot({ path: join(folder, `sheet-${story}.png`), fullPage: true });
    await sheet.close();
  }
  console.log(`In ${LOOKS.length} looks: ${folder}`);
} finally {
  await browser.close();
  await server.close();
}
