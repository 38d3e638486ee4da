// 500 photos of 12 megapixels in the list, or in another layout, with their pictures and without, in Chromium: the page's longest
// task, and the browser's memory. `npm run bench:previews -- [count] [megapixels] [layout] [screens]`
import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { launchOptions } from '../../../scripts/browser.mjs';

const COUNT = Number(process.argv[2] ?? 500);
const MEGAPIXELS = Number(process.argv[3] ?? 12);
const LAYOUT = process.argv[4] ?? 'list';
/** So many are looked at, one after the other; 500 photos are 84 in the list. */
const MOST_SCREENS = Number(process.argv[5] ?? 90);
/** No task of the page may be longer, in milliseconds: a click would wait. */
const BAR = 50;
const config = {
  configFile: false,
  root: import.meta.dirname,
  logLevel: 'error',
  plugins: [react()],
  worker: { format: 'es' },
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'production'] },
  build: {
    outDir: '../node_modules/.bench-previews',
    emptyOutDir: true,
    rollupOptions: { input: `${import.meta.dirname}/pictures.html` },
  },
  preview: { port: 0, host: '127.0.0.1' },
};

await build(config);
const server = await preview(config);
const browser = await chromium.launchServer(launchOptions());
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const ms = (value) => `${value.toFixed(0)} ms`;

/** What all processes of the browser have of the machine's memory, what they share counted once. In bytes. */
function memory() {
  const parents = new Map(
    readdirSync('/proc').flatMap((pid) => {
      const stat = /^\d+$/.test(pid) && read(`/proc/${pid}/stat`);
      return stat ? [[Number(pid), Number(/\) \S (\d+)/.exec(stat)?.[1])]] : [];
    }),
  );
  const isOurs = (pid) => pid === browser.process().pid || (parents.has(pid) && isOurs(parents.get(pid)));
  const ours = [...parents.keys()].filter((pid) => isOurs(pid));
  return ours.reduce((sum, pid) => {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0;
    return sum + Number(kilobytes) * 1024;
  }, 0);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The longest that one task of the page's thread had the processor: what others on the machine take is not in it. */
function longestSpent({ traceEvents }) {
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isPage = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = traceEvents.filter((event) => /RunTask$/.test(event.name) && event.tdur && isPage(event));
  return tasks.reduce((longest, { tdur }) => Math.max(longest, tdur / 1000), 0);
}

async function measure(previews) {
  const connected = await chromium.connect(browser.wsEndpoint());
  const page = await connected.newPage({ viewport: { width: 900, height: 900 } });
  await page.goto(`${server.resolvedUrls.local[0]}pictures.html?layout=${LAYOUT}&previews=${previews ? 'yes' : 'no'}`);
  await page.waitForFunction(() => window.pictureBench !== undefined);
  const size = await page.evaluate(([count, pixels]) => window.pictureBench.draw(count, pixels), [COUNT, MEGAPIXELS]);
  await page.requestGC();
  await page.waitForTimeout(2000);
  const before = memory();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 200);
  await connected.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  const start = performance.now();
  await page.evaluate(() => window.pictureBench.add());
  const settle = () =>
    page.waitForFunction(
      (want) => {
        const { pictures, icons } = window.pictureBench.shown();
        return want ? icons === 0 && pictures > 0 : icons > 0;
      },
      previews,
      { timeout: 60_000 },
    );
  await settle();
  const first = performance.now() - start;
  const [adding = 0] = await page.evaluate(() => window.pictureBench.longest());
  let screens = 1;
  const grown = [];
  while (screens < MOST_SCREENS && (await page.evaluate(() => window.pictureBench.down()))) {
    await settle();
    screens += 1;
    if (screens % 20 === 0) grown.push(`${screens}: ${megabytes(memory() - before)}`);
  }
  const all = performance.now() - start;
  const [scrolling = 0] = await page.evaluate(() => window.pictureBench.longest());
  clearInterval(watch);
  const spent = longestSpent(JSON.parse(String(await connected.stopTracing())));
  await page.requestGC();
  // The worker rests by then.
  await page.waitForTimeout(8000);
  const after = memory();
  await connected.close();
  return {
    size,
    longest: spent,
    row: {
      'first screen shown': ms(first),
      screens,
      'all of them seen': ms(all),
      'longest task, adding, by the clock': adding ? ms(adding) : `under ${BAR} ms`,
      'longest task, scrolling, by the clock': scrolling ? ms(scrolling) : `under ${BAR} ms`,
      'longest of the processor, in any task': ms(spent),
      'memory grown at most by': megabytes(most - before),
      'memory after so many screens': grown.join(', '),
      'memory kept at the end': megabytes(after - before),
    },
  };
}

try {
  const [without, withPictures] = [await measure(false), await measure(true)];
  console.log(
    `${LAYOUT}: ${COUNT} photos of ${MEGAPIXELS} megapixels, ${(withPictures.size / 1e6).toFixed(1)} MB each.`,
  );
  const rows = [...new Set([...Object.keys(without.row), ...Object.keys(withPictures.row)])];
  console.table(
    Object.fromEntries(
      rows.map((row) => [row, { 'with icons': without.row[row], 'with pictures': withPictures.row[row] }]),
    ),
  );
  if (withPictures.longest > BAR) {
    console.log(`A task was longer than ${BAR} ms.`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.close();
}
