/**
 * What several names of a store do for one file over HTTP/2, on a link that loses packets and on one that does not:
 * `npm run bench:names`, or with MiB of the file, runs of each, ways and links: `-- 24 3 one,apart lossy`. Linux, as root.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { buildPage } from './build-page.ts';
import { makeFiles } from './files.ts';
import { startKernelLink, whyNoKernelLink } from './link/kernel-link.ts';
import type { LinkShape } from './link/link.ts';
import { spread } from './report/statistics.ts';
import type { AdapterName } from './scenarios.ts';
import { spawnServers } from './server/servers.ts';
import type { StoreProtocol } from './server/store.ts';

declare const window: { uploadBench: import('./page-contract.ts').Bench };

const [size = '24', runs = '3', ways = '', links = ''] = process.argv.slice(2);
const SIZE = Number(size) * 1024 ** 2;
/** Plain PUTs at once, of equal parts of the file: as many as a browser opens connections over HTTP/1.1. */
const LANES = 6;
/** A second address of the store. */
const ANOTHER = '10.77.0.3';

const LINKS: Readonly<Record<string, readonly [title: string, shape: LinkShape]>> = {
  lossy: ['30 Mbit/s, 40 ms, 2 % loss', { rate: 30e6, roundTrip: 40, loss: 0.02 }],
  clean: ['30 Mbit/s, 40 ms, no loss', { rate: 30e6, roundTrip: 40 }],
  fast: ['100 Mbit/s, 80 ms, no loss', { rate: 100e6, roundTrip: 80 }],
};

interface Way {
  readonly title: string;
  /** Of the store. A certificate is good for all names that differ in their first word alone. */
  readonly names: readonly [string, ...string[]];
  /** @default HTTP/2 */
  readonly protocol?: StoreProtocol;
  /** Whether half of the requests go with credentials. */
  readonly split?: true;
  /** Whether the page has asked the first name for something before. */
  readonly warm?: true;
  /** @default plain PUTs, six at a time */
  readonly adapter?: AdapterName;
}

const WAYS: Readonly<Record<string, Way>> = {
  h1: { title: 'HTTP/1.1, one name', names: ['a.joined.test'], protocol: 'https' },
  one: { title: 'HTTP/2, one name', names: ['a.joined.test'] },
  joined: { title: 'two names of one certificate', names: ['a.joined.test', 'b.joined.test'] },
  warm: { title: 'the same, one was in use before', names: ['a.joined.test', 'b.joined.test'], warm: true },
  joined3: { title: 'three names of one certificate', names: ['a.joined.test', 'b.joined.test', 'c.joined.test'] },
  address: { title: 'two names, one in use, two addresses', names: ['a.joined.test', 'z.joined.test'], warm: true },
  apart: { title: 'two names, one in use, two certificates', names: ['a.one.test', 'a.two.test'], warm: true },
  apart3: { title: 'three names of three certificates', names: ['a.one.test', 'a.two.test', 'a.three.test'] },
  split: { title: 'one name, half with credentials', names: ['a.joined.test'], split: true },
  portage: { title: 'Portage, one name', names: ['a.one.test'], adapter: 'portage' },
  'portage-two': {
    title: 'Portage, two names of two certificates',
    names: ['a.one.test', 'a.two.test'],
    adapter: 'portage-two-names',
  },
};

const reason = whyNoKernelLink();
if (reason !== undefined) throw new Error(`No link through the kernel here: ${reason}.`);
const folder = await buildPage();
await using link = await startKernelLink();
const [client = '', server = ''] = [link.clientPrefix, link.serverPrefix].map((prefix) => prefix.at(-1));
execFileSync('ip', ['-n', server, 'addr', 'add', `${ANOTHER}/24`, 'dev', 'wire0']);
// `ip netns exec` shows it as /etc/hosts.
const etc = join('/etc/netns', client);
await mkdir(etc, { recursive: true });
const names = new Set(Object.values(WAYS).flatMap((way) => way.names));
const hosts = [...names].map((name) => `${name.startsWith('z.') ? ANOTHER : link.serverHost} ${name}\n`);
await writeFile(join(etc, 'hosts'), `127.0.0.1 localhost\n${hosts.join('')}`);
const servers = spawnServers(link.serverPrefix);
const scratch = await mkdtemp(join(tmpdir(), 'portage-bench-'));
try {
  const { stores, site, fingerprint } = await servers.start({ host: '0.0.0.0', folder, protocols: ['https', 'http2'] });
  const origin = await link.reach(site);
  await using browser = await launchBrowser({
    prefix: link.clientPrefix,
    secureOrigin: origin,
    trusted: fingerprint,
  });
  const files = await makeFiles(join(scratch, 'files'), { count: 1, size: SIZE });
  console.log(`Chromium ${browser.version()}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} at the start`);

  const once = async (shape: LinkShape, { protocol = 'http2', names, split, warm, adapter }: Way) => {
    const [port] = stores[protocol] ?? [];
    const [first, ...others] = names.map((name) => `https://${name}:${port}`) as [string, ...string[]];
    const near = `http://${link.serverHost}:${stores.http[0]}`;
    await servers.storeIs({ near, far: [first, ...others], http2: protocol === 'http2' });
    await link.shape({ rate: 0, roundTrip: 0 });
    await using context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(1_200_000);
    await page.goto(origin);
    await page.locator('#files').setInputFiles(files);
    if (adapter) await page.evaluate((adapter) => window.uploadBench.prepare(adapter), adapter);
    await page.waitForLoadState('networkidle');
    await link.shape(shape);
    if (warm) await page.evaluate((url) => fetch(url, { method: 'HEAD' }), `${first}/bench/nothing`);
    await servers.begin({ answerDelay: 200, stuckEvery: 0, stuckFor: 0 });
    const begun = Date.now();
    if (adapter) await page.evaluate(() => window.uploadBench.run());
    else await page.evaluate(sendPlainly, { origins: [first, ...others], lanes: LANES, split: split === true });
    const milliseconds = Date.now() - begun;
    const { stored, carriers } = await servers.counts();
    if (stored !== SIZE) throw new Error(`${stored} bytes are stored of ${SIZE}.`);
    return { rate: (SIZE * 8) / milliseconds / 1000, carriers };
  };

  const chosen = Object.entries(WAYS).filter(([name]) => ways === '' || ways.split(',').includes(name));
  for (const [name, [title, shape]] of Object.entries(LINKS)) {
    if (links !== '' && !links.split(',').includes(name)) continue;
    console.log(`\n${title}, ${size} MiB, Mbit/s: median of ${runs} (least – most), connections with bytes`);
    const seen = new Map<Way, Awaited<ReturnType<typeof once>>[]>();
    // In turns, so that all meet what else the machine does.
    for (let run = 0; run < Number(runs); run += 1)
      for (const [, way] of chosen) seen.set(way, [...(seen.get(way) ?? []), await once(shape, way)]);
    for (const [way, all] of seen) {
      const { median, least, most } = spread(all.map(({ rate }) => rate));
      const rates = `${median.toFixed(1)} (${least.toFixed(1)} – ${most.toFixed(1)})`;
      console.log(`${way.title.padEnd(42)} ${rates.padEnd(20)} ${all.map(({ carriers }) => carriers).join(', ')}`);
    }
  }
  console.log(`\nload ${loadavg()[0]?.toFixed(1)} at the end`);
} finally {
  await servers.stop();
  await rm(scratch, { recursive: true, force: true });
  await rm(etc, { recursive: true, force: true });
}

/** Runs in the page. */
async function sendPlainly({ origins, lanes, split }: { origins: string[]; lanes: number; split: boolean }) {
  const [file] = document.querySelector<HTMLInputElement>('#files')?.files ?? [];
  if (!file) throw new TypeError('No file is picked.');
  const length = Math.ceil(file.size / lanes);
  const key = crypto.randomUUID();
  const send = (lane: number) =>
    new Promise<void>((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.onload = () => resolve();
      xhr.onerror = () => reject(new Error('The store could not be reached.'));
      xhr.open('PUT', `${origins[lane % origins.length]}/bench/${key}?partNumber=${lane + 1}&uploadId=${key}`);
      xhr.withCredentials = split && lane % 2 === 1;
      xhr.send(new Blob([file.slice(lane * length, (lane + 1) * length)]));
    });
  await Promise.all(Array.from({ length: lanes }, (_, lane) => send(lane)));
}
