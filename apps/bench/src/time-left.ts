/**
 * How right the time left is on a link with a long queue before it, where bytes count as sent seconds before they arrive:
 * `npm run bench:time-left`, or with numbers `-- 6,18 48 5`. Prints, for each queue, the median error of the
 * time left that was shown, over the upload, and what it would have been for one who knew the link's rate.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { buildPage } from './build-page.ts';
import { makeFiles } from './files.ts';
import { startLink } from './link/start-link.ts';
import { spawnServers } from './server/servers.ts';
import { judge, type Shown } from './time-left-judge.ts';

const RATE = 1e6;
/** Of 1,500 bytes on the link, 1,448 are the file's. */
const PAYLOAD = 1448 / 1500;
const MiB = 1024 ** 2;
/** Seconds that a byte waits in a full queue; MiB of the file, and of its parts where the page is not to choose. */
const [queues = '2,6,18', size = '20', part] = process.argv.slice(2);
const SIZE = Number(size) * MiB;

declare const window: { timeLeft: { shown: Shown[] }; uploadBench: import('./page-contract.ts').Bench };

const folder = await buildPage();
await using link = await startLink(undefined, console.log);
const servers = spawnServers(link.serverPrefix);
const scratch = await mkdtemp(join(tmpdir(), 'portage-bench-'));
let excess = Number.NEGATIVE_INFINITY;
try {
  const { stores, site } = await servers.start({ host: link.serverHost, folder });
  await servers.storeIs({
    near: `http://${link.serverHost}:${stores.http[0]}`,
    far: [await link.reach(stores.http[0])],
  });
  const origin = await link.reach(site);
  await using browser = await launchBrowser({ prefix: link.clientPrefix, secureOrigin: origin });
  const files = await makeFiles(join(scratch, 'files'), { count: 1, size: SIZE });
  for (const seconds of queues.split(',').map(Number)) {
    await link.shape({ rate: 0, roundTrip: 0 });
    await using context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(1_200_000);
    await page.goto(origin);
    await page.locator('#files').setInputFiles(files);
    const partSize = part === undefined ? undefined : Number(part) * MiB;
    await page.evaluate((partSize) => window.uploadBench.prepare('portage', partSize), partSize);
    await page.waitForLoadState('networkidle');
    await link.shape({ rate: RATE, roundTrip: 40, queue: (RATE / 8) * seconds });
    await servers.begin({ answerDelay: 200, stuckEvery: 0, stuckFor: 0 });
    const { milliseconds } = await page.evaluate(() => window.uploadBench.run());
    const shown = await page.evaluate(() => window.timeLeft.shown);
    const { stored } = await servers.counts();
    if (stored !== SIZE) throw new Error(`${stored} bytes are stored of ${SIZE}.`);
    const verdict = judge(shown, milliseconds, (SIZE * 8_000) / (RATE * PAYLOAD));
    excess = Math.max(excess, verdict.median - Math.max(0.25, verdict.known));
    console.log(
      `${seconds} s of queue: stored after ${(milliseconds / 1000).toFixed(0)} s; error of the time left ` +
        `${percent(verdict.median)} median, ${percent(verdict.worst)} at the 90th percentile, told ${percent(verdict.told)} ` +
        `of the time; ${percent(verdict.known)} median if the link's rate were known from the start; 100 % or "0 s left" stood for ${(verdict.early / 1000).toFixed(1)} s before the last response.`,
    );
    if (process.env['TIME_LEFT_SERIES'])
      await writeFile(`${process.env['TIME_LEFT_SERIES']}-${seconds}.json`, JSON.stringify({ milliseconds, shown }));
  }
} finally {
  await servers.stop();
  await rm(scratch, { recursive: true, force: true });
}
if (excess > 0) {
  console.error(`The median error is ${percent(excess)} above 25 %, and above what knowing the link would give.`);
  process.exitCode = 1;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
