// 10,000 files: ours beside Uppy's Dashboard, in one run, in Chromium. `node packages/react/bench/long-list.mjs [count] [side]`
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { launchOptions } from '../../../scripts/browser.mjs';

const COUNT = Number(process.argv[2] ?? 10_000);
const SIDES = { portage: 'Portage', dashboard: 'Uppy Dashboard' };
const SCROLLED_FOR = 6_000;
const config = {
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'error',
  plugins: [react()],
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'production'] },
  build: { outDir: '../node_modules/.bench', emptyOutDir: true },
  preview: { port: 0, host: '127.0.0.1' },
};

await build(config);
const server = await preview(config);
const browser = await chromium.launch({
  ...launchOptions(),
  args: [...(launchOptions().args ?? []), '--enable-precise-memory-info', '--js-flags=--expose-gc'],
});

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

async function measure(side) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  await page.goto(`${server.resolvedUrls.local[0]}?side=${side}`);
  await page.waitForFunction(() => window.bench !== undefined);
  const heap = () =>
    page.evaluate(() => {
      globalThis.gc?.();
      return performance.memory.usedJSHeapSize / 1e6;
    });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  /** Seconds that the page's thread has spent so far: less at the mercy of a busy machine than frames are. */
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await heap();
  const added = await page.evaluate((count) => window.bench.add(count), COUNT);
  await page.waitForTimeout(1000);
  const start = await spent();
  const frames = (await page.evaluate((time) => window.bench.scroll(time), SCROLLED_FOR)).sort((a, b) => a - b);
  const end = await spent();
  const perFrame = (name) => ms(((end[name] - start[name]) * 1000) / frames.length);
  const stored = await page.evaluate(() => window.bench.stored());
  const after = await heap();
  await page.close();
  return {
    'page busy while adding': ms(added.busy),
    'until rows are painted': ms(added.painted),
    'frame, median': ms(at(frames, 0.5)),
    'frame, 95 %': ms(at(frames, 0.95)),
    'frame, worst': ms(at(frames, 1)),
    'frames over 20 ms': `${((frames.filter((time) => time > 20).length / frames.length) * 100).toFixed(1)} %`,
    'a frame’s work': perFrame('TaskDuration'),
    '… scripts': perFrame('ScriptDuration'),
    '… styles': perFrame('RecalcStyleDuration'),
    '… layout': perFrame('LayoutDuration'),
    'stored meanwhile': stored,
    'heap grown by': `${(after - before).toFixed(1)} MB`,
  };
}

/** Files that lie on the disk, picked as a person picks them: the browser has to look at each. */
async function measurePicked() {
  const folder = await mkdtemp(join(tmpdir(), 'portage-bench-'));
  const paths = Array.from({ length: COUNT }, (_, index) => join(folder, `photo ${index}.bin`));
  for (const path of paths) await writeFile(path, new Uint8Array(64));
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  try {
    await page.goto(`${server.resolvedUrls.local[0]}?side=portage`);
    await page.waitForFunction(() => window.bench !== undefined);
    const picked = page.evaluate((count) => window.bench.picked(count), COUNT);
    await page.locator('input[type=file]').setInputFiles(paths);
    const { longest, listed } = await picked;
    return { 'until all are listed': ms(listed), 'longest that the page did not answer': ms(longest) };
  } finally {
    await page.close();
    await rm(folder, { recursive: true });
  }
}

try {
  console.log(`${COUNT.toLocaleString('en')} files; scrolled for ${SCROLLED_FOR / 1000} s while six upload at a time.`);
  const table = {};
  for (const side of process.argv[3] ? [process.argv[3]] : Object.keys(SIDES)) {
    for (const [row, value] of Object.entries(await measure(side)))
      table[row] = { ...table[row], [SIDES[side]]: value };
  }
  console.table(table);
  console.log('Picked from the disk, Portage:');
  console.table(await measurePicked());
} finally {
  await browser.close();
  await server.close();
}
