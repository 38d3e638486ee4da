/**
 * Everything at once, for as long as you like: `npm run soak` takes 30 minutes, `npm run soak -- 5` five. Routes come and go,
 * small files, pause and cancel storms, steps of a wizard, a session that ends, a tab that is frozen, a store that loses
 * connections, with and without a service worker. Every file must arrive as it was picked, nothing is sent twice but what the
 * network lost and what a late response may cost, and what a page holds after all of it must be what it held after a quarter of it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { dice as seededDice } from '../support/dice.ts';
import { expect, MiB, test } from '../support/fixtures.ts';

const MINUTES = Number(process.env['PORTAGE_SOAK'] ?? 0);
/** Without `npm run soak`: a few rounds, to see that it works. */
const SHORT_ROUNDS = 2;
/** When it is looked at what a page holds, as shares of the whole. */
const MARKS = MINUTES > 0 ? [0.25, 0.5, 1] : [0.5, 1];
/** A session lasts so long. In milliseconds. */
const SESSION = MINUTES > 0 ? 3 * 60_000 : 5_000;

const world = { session: '1', told: new Set<string>() };

test.use({
  backendOptions: {
    routes: {
      files: {
        authorize: (request) => (request.headers.get('x-session') === world.session ? { userId: 'somebody' } : null),
        maxSize: Number.POSITIVE_INFINITY,
        onComplete: ({ key }) => void world.told.add(key),
      },
    },
  },
});

/** What a page holds. */
interface Held {
  /** Objects, strings, arrays and functions. */
  readonly 'objects kB': number;
  /** Told, and not bounded: what V8 has compiled grows with what was run, until all of it was. */
  readonly 'code kB': number;
  readonly nodes: number;
  readonly listeners: number;
  readonly 'databases open': number;
  readonly 'object URLs': number;
  readonly locks: number;
  readonly records: number;
  readonly 'uploads in the store': number;
}

/** Counts what no browser tells: connections to databases, and object URLs. */
const COUNT = () => {
  const counts = { databases: 0, urls: 0 };
  Object.assign(window, { counts });
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => {
      counts.databases += 1;
    });
    return request;
  };
  const { close } = IDBDatabase.prototype;
  const closed = new WeakSet<IDBDatabase>();
  IDBDatabase.prototype.close = function () {
    if (!closed.has(this)) counts.databases -= 1;
    closed.add(this);
    close.call(this);
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    counts.urls += 1;
    return createObjectURL.call(URL, object);
  };
  URL.revokeObjectURL = (url) => {
    counts.urls -= 1;
    revokeObjectURL.call(URL, url);
  };
};

const OBJECTS = ['object', 'array', 'string', 'concatenated string', 'sliced string', 'closure', 'object shape'];

/** By a snapshot: the heap's size alone is mostly compiled code, and what the browser keeps for its own developer tools. */
async function heapOf(cdp: CDPSession): Promise<Pick<Held, 'objects kB' | 'code kB'>> {
  let text = '';
  const add = ({ chunk }: { chunk: string }) => {
    text += chunk;
  };
  cdp.on('HeapProfiler.addHeapSnapshotChunk', add);
  await cdp.send('HeapProfiler.takeHeapSnapshot', {});
  cdp.off('HeapProfiler.addHeapSnapshotChunk', add);
  const { snapshot, nodes } = JSON.parse(text) as {
    snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
    nodes: number[];
  };
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const bytes: Record<string, number> = {};
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type] ?? 0] ?? '';
    bytes[kind] = (bytes[kind] ?? 0) + (nodes[at + size] ?? 0);
  }
  const kB = (kinds: string[]) => Math.round(kinds.reduce((sum, kind) => sum + (bytes[kind] ?? 0), 0) / 1024);
  return { 'objects kB': kB(OBJECTS), 'code kB': kB(['code']) };
}

/** Until all is quiet: every mount is destroyed, every call is answered. */
async function held(page: Page, cdp: CDPSession, { store, bucket }: Backend): Promise<Held> {
  await page.evaluate(() => window.soak.open('nothing'));
  // Whoever is signed in again discards all, and has asked again for what was to be given away.
  const discard = () =>
    page.evaluate((session) => {
      window.soak.session = session;
      return window.soak.discardAll();
    }, world.session);
  await expect.poll(discard, { timeout: 30_000 }).toBe(0);
  const quiet = () =>
    page.evaluate(async () => {
      const { counts } = window as unknown as { counts: { databases: number; urls: number } };
      const locks = (await navigator.locks.query()).held ?? [];
      const records = await new Promise<number>((resolve) => {
        const opening = indexedDB.open('portage');
        opening.onsuccess = () => {
          const database = opening.result;
          const stores = [...database.objectStoreNames];
          if (stores.length === 0) resolve(0);
          else
            database
              .transaction(stores)
              .objectStore(stores[0] ?? '')
              .count().onsuccess = ({ target }) => {
              database.close();
              resolve((target as IDBRequest<number>).result);
            };
        };
      });
      return {
        'databases open': counts.databases,
        'object URLs': counts.urls,
        locks: locks.filter(({ name }) => !name?.startsWith('portage-worker-')).length,
        records,
      };
    });
  await expect
    .poll(quiet, { timeout: 30_000 })
    .toEqual({ 'databases open': 0, 'object URLs': 0, locks: 0, records: 0 });
  for (let times = 0; times < 3; times += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    ...(await heapOf(cdp)),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    ...(await quiet()),
    'uploads in the store': store.multipartUploads(bucket).length,
  };
}

/** A link that loses connections, and a store that is asked too much at times. */
function lossy(dice: () => number): Intercept {
  return ({ operation }) => {
    if (operation !== 'UploadPart') return undefined;
    const drawn = dice();
    if (drawn < 0.02) return { kind: 'reset_peer', afterBytes: Math.round(dice() * 64 * 1024) };
    if (drawn < 0.03) return { kind: 'error', code: 'SlowDown' };
    if (drawn < 0.05) return { kind: 'latency', ms: Math.round(dice() * 300) };
    return { kind: 'bandwidth', bytesPerSecond: 16 * MiB };
  };
}

const sums: Record<string, string> = {};
/** Files whose requests were stopped on purpose: a part may be stored though nobody waits for the response. */
const stormed = new Set<string>();
const counted = { mounts: 0, files: 0, pauses: 0, cancels: 0, frozen: 0, sessions: 0 };

/**
 * One user at one tab, for some seconds.
 *
 * The files are on the disk, as people's are. Those that a page makes in memory Chromium (156) holds for as long as a service
 * worker answers, and it has 2 GiB for all of them in a window without a profile, as this one is: after 13 minutes of them no
 * file could be read any more (`findings/chromium-blobs-behind-a-service-worker.sh`).
 *
 * @param folder - Where its files are while it lasts.
 */
async function round(page: Page, cdp: CDPSession, name: string, folder: string, dice: () => number): Promise<void> {
  const open = (route: 'nothing' | 'uploader' | 'wizard') => {
    counted.mounts += route === 'nothing' ? 0 : 1;
    return page.evaluate((route) => window.soak.open(route), route);
  };
  const pick = async (...sizes: number[]) => {
    const names = sizes.map((_, index) => `${name}-${counted.files + index}.bin`);
    counted.files += names.length;
    for (const [index, name] of names.entries()) {
      const bytes = randomBytes(sizes[index] ?? 0);
      sums[name] = createHash('sha256').update(bytes).digest('hex');
      await writeFile(join(folder, name), bytes);
    }
    // Playwright's `setInputFiles` keeps what it was called for (`findings/playwright-set-input-files-keeps-nodes.sh`).
    const { result } = await cdp.send('Runtime.evaluate', {
      expression: `document.querySelector('input[type="file"]')`,
    });
    const objectId = result.objectId ?? '';
    await cdp.send('DOM.setFileInputFiles', { files: names.map((name) => join(folder, name)), objectId });
    await cdp.send('Runtime.releaseObject', { objectId });
    return names;
  };
  const press = (label: string) =>
    page.evaluate(([label, at]) => window.soak.press(label, at), [label, (dice() * 100) | 0] as const);
  const statuses = () => page.evaluate(() => window.soak.statuses());
  /** Rows come a moment after their files are picked: before that there is nothing to press, and nothing that is not complete. */
  const shown = (rows: number) => expect.poll(async () => (await statuses()).length).toBe(rows);
  /** People whose session has ended sign in again, and press retry. */
  const settled = () =>
    expect
      .poll(
        async () => {
          await page.evaluate((session) => {
            window.soak.session = session;
          }, world.session);
          const now = await statuses();
          if (now.includes('failed')) await press('Retry');
          if (now.includes('paused')) await press('Resume');
          return now.filter((status) => status !== 'complete');
        },
        { timeout: 120_000, intervals: [100] },
      )
      .toEqual([]);

  await mkdir(folder, { recursive: true });
  // Routes that come and go, some of them in mid-upload.
  for (let times = 0; times < 6; times += 1) {
    await open('uploader');
    if (times < 2) await pick(Math.round(dice() * 64 * 1024), 6 * MiB);
    await open('nothing');
  }
  await open('uploader');
  await pick(...Array.from({ length: 12 }, () => Math.round(dice() * 64 * 1024)));
  await shown(12);
  await settled();
  // A storm of cancels, and one of pauses, while the tab is frozen for a moment.
  for (const name of await pick(...Array.from({ length: 4 }, () => 6 * MiB))) stormed.add(name);
  await shown(16);
  for (let times = 0; times < 3; times += 1) await press('Cancel');
  counted.cancels += 3;
  for (let times = 0; times < 8; times += 1) await press(dice() < 0.5 ? 'Pause' : 'Resume');
  counted.pauses += 8;
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  counted.frozen += 1;
  await settled();
  await open('wizard');
  await pick(Math.round(dice() * 3 * MiB));
  await shown(1);
  await page.evaluate(() => window.soak.next());
  await settled();
  await page.evaluate(() => window.soak.next());
  await open('nothing');
  await rm(folder, { recursive: true });
}

test('everything at once leaves every file right, and nothing behind', async ({
  context,
  backend,
  faults,
  serve,
}, testInfo) => {
  test.setTimeout((MINUTES + 10) * 60_000);
  const { store, bucket } = backend;
  const url = await serve('kit');
  const stored = new Map<string, string>();
  const twice: string[] = [];
  const again: { readonly name: string; readonly part: string }[] = [];
  /** Files that had a part sent beside a silent attempt: the store may take both. */
  const beside = new Set<string>();
  let parts = 0;
  const figures: Record<string, Held[]> = {};

  /** Each part is answered once: what is sent again was not answered, or its response was late. */
  const look = () => {
    const answered = new Set<string>();
    for (const { key, uploadId, partNumber } of store.journal.requests({ operation: 'UploadPart', status: 200 })) {
      const part = `${key} ${uploadId} ${partNumber}`;
      if (answered.has(part)) twice.push(part);
      const name = key?.split('/').pop() ?? '';
      if (answered.has(part) && !stormed.has(name)) again.push({ name, part });
      answered.add(part);
    }
    parts += answered.size;
    store.journal.clear();
  };

  async function sit(name: string, isAnswered: boolean): Promise<void> {
    const page = await context.newPage();
    await page.addInitScript(COUNT);
    await page.goto(`${url}#soak`);
    await page.waitForFunction(() => window.soak !== undefined);
    if (isAnswered)
      await page.evaluate(async () => {
        const { serviceWorker } = navigator;
        const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
        await serviceWorker.register('answering-worker.js');
        if (!serviceWorker.controller) await controlled;
      });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    const dice = seededDice(name);
    const began = Date.now();
    const marks = [...MARKS];
    figures[name] = [];
    for (let rounds = 0; marks.length > 0; ) {
      await round(page, cdp, name, testInfo.outputPath(name), dice);
      rounds += 1;
      for (const told of await page.evaluate(() => window.soak.stored())) {
        stored.set(told.name, told.key);
        if (told.beside > 0) beside.add(told.name);
      }
      look();
      const share = MINUTES > 0 ? (Date.now() - began) / (MINUTES * 30_000) : rounds / SHORT_ROUNDS;
      if (share < (marks[0] ?? 1)) continue;
      marks.shift();
      figures[name]?.push(await held(page, cdp, backend));
    }
    await page.close();
  }

  faults.intercept = lossy(seededDice('link'));
  const sessions = setInterval(() => {
    counted.sessions += 1;
    world.session = String(counted.sessions + 1);
  }, SESSION);
  try {
    await sit('plain', false);
    await sit('answered', true);
  } finally {
    clearInterval(sessions);
  }
  console.log({
    ...counted,
    stored: stored.size,
    parts,
    twice: twice.length,
    'of them unasked': again.length,
  });
  for (const [name, looks] of Object.entries(figures))
    console.table(Object.fromEntries(looks.map((look, at) => [`${name} after ${MARKS[at]}`, look])));
  for (const [name, key] of stored) expect(await store.sha256(bucket, key), name).toBe(sums[name]);
  // A file that is canceled while it is completed is stored all the same: its page hears no more of it, the app's server does.
  expect(
    new Set(store.objects(bucket).map(({ key }) => key)),
    "an object for each file that the app's server was told of, and no other",
  ).toEqual(world.told);
  for (const [name, key] of stored) expect(world.told, name).toContain(key);
  expect(
    again.filter(({ name }) => !beside.has(name)),
    'sent again, though it was answered, nobody had stopped it, and its response was not late',
  ).toEqual([]);
  expect(again.length, 'sent again beside a late response: one part in a hundred, and one').toBeLessThanOrEqual(
    1 + parts / 100,
  );
  for (const looks of Object.values(figures)) {
    const [first, whole] = [looks[0], looks.at(-1)];
    expect(whole?.nodes).toBeLessThanOrEqual((first?.nodes ?? 0) * 1.2 + 50);
    expect(whole?.listeners).toBeLessThanOrEqual((first?.listeners ?? 0) * 1.2 + 20);
    expect(whole?.['objects kB']).toBeLessThanOrEqual((first?.['objects kB'] ?? 0) * 1.1 + 64);
  }
  const left = store.multipartUploads(bucket).map(({ key, parts }) => `${key}: ${parts.length} parts`);
  expect(left, 'uploads that nobody knows of').toEqual([]);
});
