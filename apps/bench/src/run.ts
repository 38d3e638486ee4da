/** One upload of one uploader, measured. */
import { loadavg } from 'node:os';
import type { Browser, Page } from '@playwright/test';
import { type Footprint, watchFootprint } from './footprint.ts';
import type { Link } from './link/link.ts';
import type { Bench, Timed } from './page-contract.ts';
import { type Recovery, recoveries } from './recovery.ts';
import type { AdapterName, Scenario } from './scenarios.ts';
import type { Counts, Servers } from './server/servers.ts';
import { watchThread } from './thread-time.ts';

declare const window: { uploadBench: Bench };

/** Where uploads are measured. */
export interface Rig {
  readonly link: Link;
  readonly servers: Servers;
  readonly browser: Browser;
  /** Of the page. */
  readonly origin: string;
  /** Process of the browser; undefined where there is no telling. */
  readonly browserPid: number | undefined;
}

export interface Run extends Timed {
  readonly scenario: string;
  readonly adapter: AdapterName;
  /** Absent where every byte arrived. */
  readonly error?: string;
  /** Bits of files per second, from the picking of the files to the last response. */
  readonly goodput: number;
  readonly counts: Omit<Counts, 'timeline'>;
  /** How soon the store received at the new rate again, for each change of it. */
  readonly recoveries?: readonly Recovery[];
  /** Milliseconds that a small page took to load, before the upload and beside it. */
  readonly pageLoads?: { readonly idle: readonly number[]; readonly beside: readonly number[] };
  readonly footprint?: Footprint;
  /** Of the machine, when the run ended: above the number of its cores, times are not to be trusted. */
  readonly load: number;
}

/** Loads of a small page: how many before, and the pause after each in milliseconds. */
const IDLE_LOADS = 8;
const LOAD_PAUSE = 300;

/** Nobody is waited for longer than so many times what the link alone needs, and a little. */
const TIMEOUT_FACTOR = 30;

export async function runOnce(rig: Rig, scenario: Scenario, adapter: AdapterName, files: string[]): Promise<Run> {
  const { link, servers, browser, origin } = rig;
  await link.shape(scenario.link);
  await using context = await browser.newContext();
  const page = await context.newPage();
  const size = scenario.files.count * scenario.files.size;
  const limit = 60_000 + (scenario.link.rate > 0 ? ((size * 8) / scenario.link.rate) * 1000 * TIMEOUT_FACTOR : 600_000);
  page.setDefaultTimeout(60_000);
  await page.goto(origin);
  await page.locator('#files').setInputFiles(files);
  await page.evaluate(([name, partSize]) => window.uploadBench.prepare(name, partSize), [
    adapter,
    scenario.partSize,
  ] as const);
  // Nobody picks a file while the page still loads.
  await page.waitForLoadState('networkidle');
  const beside = scenario.pageBeside ? await besides(rig) : undefined;

  if (scenario.slowDown !== undefined) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: scenario.slowDown });
  }
  await servers.begin(scenario.store);
  const changes = schedule(link, scenario);
  const thread = scenario.slowDown === undefined ? undefined : await watchThread(browser);
  const watch = scenario.footprint && rig.browserPid !== undefined ? watchFootprint(rig.browserPid) : undefined;
  const timed = await within(
    limit,
    page.evaluate(() => window.uploadBench.run()),
  ).catch((error: unknown) => ({
    error: error instanceof Error ? error.message : String(error),
    milliseconds: limit,
    longestTask: 0,
    longTasks: 0,
  }));
  changes.cancel();
  const footprint = watch?.end();
  const longestSpent = await thread?.end();
  const pageLoads = await beside?.end();
  const { timeline, ...counts } = await servers.counts();
  const error = 'error' in timed ? timed.error : missing(counts.stored, size);
  return {
    ...timed,
    ...(longestSpent !== undefined && { longestSpent }),
    scenario: scenario.id,
    adapter,
    ...(error !== undefined && { error }),
    goodput: error === undefined ? (size * 8000) / timed.milliseconds : 0,
    counts,
    ...(changes.made.length > 0 && { recoveries: recoveries({ ...counts, timeline }, changes.made) }),
    ...(pageLoads && { pageLoads }),
    ...(footprint && { footprint }),
    load: loadavg()[0] ?? 0,
  };
}

/** An uploader that says it is done must have sent everything. */
const missing = (stored: number, size: number) =>
  stored === size ? undefined : `${stored} bytes are stored of ${size}.`;

/** Loads a small page in a browser profile of its own, whose connections are its own too. */
async function besides({ browser, origin }: Rig) {
  const context = await browser.newContext();
  const page: Page = await context.newPage();
  await page.goto(origin);
  const load = (times: number) =>
    page.evaluate(([count, pause]) => window.uploadBench.loadPage(count, pause), [times, LOAD_PAUSE] as const);
  // The first opens the connections.
  const [, ...idle] = await load(IDLE_LOADS + 1);
  const loads = load(100_000);
  return {
    async end() {
      await page.evaluate(() => window.uploadBench.stopLoading());
      const beside = await loads;
      await context.close();
      return { idle, beside };
    },
  };
}

function schedule(link: Link, { events = [] }: Scenario) {
  const made: { at: number; rate: number }[] = [];
  const timers = events.map((event) =>
    setTimeout(() => {
      if ('stall' in event) void link.stall(event.stall);
      else {
        made.push({ at: Date.now(), rate: event.rate });
        void link.setRate(event.rate);
      }
    }, event.at),
  );
  return { made, cancel: () => timers.forEach(clearTimeout) };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${Math.round(milliseconds / 1000)} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
