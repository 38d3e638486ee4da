/**
 * The bad days of somebody who uploads a file. Each ends with exactly that file in the store and with progress that only
 * went up. All traffic of the page goes through a proxy (`support/network.ts`), so any browser can have these days.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { UploadStatus } from '@portage/uppy';
import { networkTest as test } from '../support/bad-network.ts';
import { dice } from '../support/dice.ts';
import { expect, expectStored, MiB, overHttp2, storedSha256, type TestFile } from '../support/fixtures.ts';
import { openHarness, portageServer, type Uploading, uppySigner } from '../support/harness.ts';
import { hurryUntil, movesOf } from '../support/hurry.ts';
import type { Meddling } from '../support/network.ts';
import { startUploadServer } from '../support/upload-server.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

const statusOf = async (uploading: Uploading, name = 'film.mp4') => (await uploading.snapshots())[name]?.status;

const statusesOf = (page: Page): Promise<UploadStatus[]> => page.evaluate(() => window.harness.statuses);

const partsStored = ({ store }: Backend) => store.journal.requests({ operation: 'UploadPart', status: 200 }).length;

/** @param hurry - The page, where the test has its clock: then waits are short. */
async function expectArrived(backend: Backend, uploading: Uploading, file: TestFile, hurry?: Page): Promise<void> {
  const finish = uploading.finish();
  const end = hurry ? hurryUntil(finish, hurry, () => movesOf(backend)) : finish;
  expect(await end).toEqual({ successful: [file.name], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await uploading.expectMonotonic();
  expect(backend.store.multipartUploads(backend.bucket)).toEqual([]);
}

/** The page's clock is wrong by so much, from before it loads. */
const shiftClock = (page: Page, ms: number) =>
  page.addInitScript((ms) => {
    const now = Date.now;
    Date.now = () => now() + ms;
    globalThis.Date = new Proxy(Date, {
      construct: (target, given: []) => (given.length > 0 ? new target(...given) : new target(now() + ms)),
    });
  }, ms);

test('tunnel: ten seconds of nothing', async ({ page, backend, faults, network, serve, makeFile }) => {
  await page.clock.install();
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 8 * MiB });
  const file = await makeFile('film.mp4', 40 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => partsStored(backend)).toBeGreaterThanOrEqual(2);
  // Most of them by the page's clock; real ones are sat out in blackhole.spec.ts.
  const silence = network.silence(1_000);
  for (let second = 1; second < 10; second += 1) await page.clock.fastForward(1_000);
  await silence;
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file, page);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

for (const seed of [1, 2]) {
  test(`hotel Wi-Fi: slow, and every fourth request is lost (seed ${seed})`, async ({
    page,
    backend,
    faults,
    network,
    serve,
    makeFile,
  }) => {
    await page.clock.install();
    const roll = dice(seed);
    faults.intercept = ({ operation }) => {
      const slow = { kind: 'bandwidth', bytesPerSecond: 6 * MiB } as const;
      if (operation !== 'UploadPart' || roll() > 0.25) return slow;
      return [slow, { kind: 'reset_peer', afterBytes: Math.floor(roll() * PART) }];
    };
    network.meddle = ({ method, url }) =>
      method === 'POST' && url.includes('/api/uploads/') && roll() < 0.25 ? { kind: 'reset' } : undefined;
    const file = await makeFile('film.mp4', 30 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file, page);
  });
}

test('laptop lid: closed in mid-upload, opened an hour later, all connections gone', async ({
  page,
  browserName,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  test.skip(browserName !== 'chromium', 'Only Chromium can be told to freeze a page.');
  await page.clock.install();
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 8 * MiB });
  const file = await makeFile('film.mp4', 50 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => partsStored(backend)).toBeGreaterThanOrEqual(6);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
  network.forgetConnections();
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
  faults.intercept = () => undefined;
  await browser.send('Page.setWebLifecycleState', { state: 'active' });
  await page.clock.fastForward(3_600_000);
  await expectArrived(backend, uploading, file, page);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

test('VPN switch: every connection is dead without a word, new ones work', async ({
  page,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  await page.clock.install();
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 8 * MiB });
  const file = await makeFile('film.mp4', 50 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expect.poll(() => partsStored(backend)).toBeGreaterThanOrEqual(6);
  network.forgetConnections();
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file, page);
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
});

test('VPN switch between two parts: what asks whether it may send dies with its connection', async ({
  page,
  backend,
  faults,
  network,
  serve,
  makeFile,
}) => {
  await page.clock.install();
  let asking = 0;
  faults.intercept = ({ operation, partNumber = 0 }) => {
    if (operation !== 'Preflight' || partNumber <= 6) return undefined;
    asking += 1;
    return { kind: 'stall' };
  };
  const file = await makeFile('film.mp4', 50 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  // Two connections are idle: no request is under way that would take its connection with it.
  await expect.poll(() => [partsStored(backend), asking]).toEqual([6, 4]);
  network.forgetConnections();
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file, page);
});

/** What a hotel, a train or an airport answers to everything, until somebody has pressed "I agree". */
const LOGIN = '<!doctype html><title>Welcome</title><h1>Welcome to our Wi-Fi</h1><button>I agree</button>';
const portal: Meddling = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: LOGIN };
const openPortal: Meddling = {
  ...portal,
  headers: { ...portal.headers, 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
};

for (const [where, worker] of [
  ['off the thread', true],
  ['without a worker', false],
] as const) {
  test(`captive portal: a login page in place of the upload server's responses, ${where}`, async ({
    page,
    network,
    backend,
    serve,
    makeFile,
  }) => {
    const file = await makeFile('film.mp4', 22 * MiB);
    const options = { ...OPTIONS, worker };
    // An upload server on the page's own origin: its responses can be read, whatever they are.
    const uploading = await openHarness(page, await serve('harness'), { endpoint: '/api/uploads' }, options);
    await uploading.add(file);
    // The page is whole, and what it loads late; a worker's code is not, which meets the login page too.
    await page.waitForLoadState('networkidle');
    network.meddle = () => portal;
    await uploading.start();
    await expect.poll(() => statusOf(uploading)).toBe('retrying');
    network.meddle = () => undefined;
    await expectArrived(backend, uploading, file);
  });
}

test("captive portal: a login page in place of the page's late code, which is asked for again", async ({
  page,
  network,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const answered: Record<string, number> = { uploader: 0 };
  network.meddle = ({ url }) => {
    // A hash of eight characters follows, which may begin with a dash, too.
    const name = /\/([a-z-]+)-[\w-]{8}\.js$/.exec(url)?.[1] ?? '';
    const times = answered[name];
    if (times === undefined || times >= 2) return undefined;
    answered[name] = times + 1;
    return portal;
  };
  // What follows a failure comes with it.
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? { kind: 'error', status: 503, code: 'SlowDown' } : undefined;
  const file = await makeFile('film.mp4', 12 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expectArrived(backend, uploading, file);
  expect(answered).toEqual({ uploader: 2 });
});

for (const [how, answer] of [
  ['that the page may not read', portal],
  ['that the page may read', openPortal],
] as const) {
  for (const [size, bytes] of [
    ['a large file', 22 * MiB],
    ['a small file', MiB],
  ] as const) {
    for (const [signer, setup] of [
      ["Portage's server", portageServer],
      ["the app's own signer", uppySigner],
    ] as const) {
      test(`captive portal: a login page ${how}, in place of the store's responses; ${size}, ${signer}`, async ({
        page,
        network,
        backend,
        serve,
        makeFile,
      }) => {
        test.skip(overHttp2, 'Nobody between answers in place of a store that speaks TLS.');
        const store = new URL(backend.s3Endpoint).host;
        let answered = 0;
        network.meddle = ({ method, url }) => {
          if (new URL(url).host !== store || method !== 'PUT' || answered >= 4) return undefined;
          answered += 1;
          return answer;
        };
        const file = await makeFile('film.mp4', bytes);
        const uploading = await openHarness(page, await serve('harness'), setup(backend), OPTIONS);
        await uploading.send(file);
        await expectArrived(backend, uploading, file);
        expect(answered).toBeGreaterThan(0);
      });
    }
  }
}

test('server deploy: gone for two seconds in mid-upload, while one file ends and another begins', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const server = await startUploadServer(backend);
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 8 * MiB } : undefined;
  const [first, second] = [await makeFile('first', 22 * MiB), await makeFile('second', 12 * MiB)];
  const uploading = await openHarness(page, await serve('harness'), { endpoint: server.url }, OPTIONS);
  await uploading.send(first);
  await expect.poll(() => partsStored(backend)).toBeGreaterThanOrEqual(1);
  await server.badGateway();
  await uploading.add(second);
  await page.evaluate(() => {
    window.uploading = Promise.all([window.uploading, window.harness.uppy.upload()]);
  });
  // How long a deployment takes.
  await delay(1_000);
  await server.down();
  await delay(1_000);
  await server.up();
  expect((await uploading.finish()).successful.toSorted()).toEqual(['first', 'second']);
  const { store, bucket } = backend;
  await expectStored(backend, [first, second]);
  expect(store.multipartUploads(bucket)).toEqual([]);
  expect(store.journal.requests({ operation: 'UploadPart' })).toHaveLength(8);
  await server.down();
});

test.describe('store throttling', () => {
  test.use({ backendOptions: { s3: { cors: { exposedHeaders: ['ETag', 'Retry-After'] } } } });

  test('store throttling: SlowDown for everybody for three seconds', async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    const slowDown = { kind: 'error', status: 503, code: 'SlowDown', headers: { 'retry-after': '1' } } as const;
    let until = Number.POSITIVE_INFINITY;
    faults.intercept = ({ operation, partNumber = 0 }) => {
      if (operation === 'Preflight' || partNumber < 3) return undefined;
      until = Math.min(until, Date.now() + 3_000);
      return Date.now() < until ? slowDown : undefined;
    };
    const file = await makeFile('film.mp4', 40 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
    // Six lanes that keep to the second that is asked for.
    expect(backend.store.journal.requests({ status: 503 }).length).toBeLessThanOrEqual(4 * 6);
  });
});

for (const [how, ms] of [
  ['an hour slow', -3_600_000],
  ['an hour fast', 3_600_000],
] as const) {
  test(`a clock ${how}`, async ({ page, backend, serve, makeFile }) => {
    await shiftClock(page, ms);
    const file = await makeFile('film.mp4', 22 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
    expect(backend.store.journal.requests({ status: 403 })).toEqual([]);
  });

  test(`a clock ${how}, in an app that signs in the page`, async ({ page, backend, serve, makeFile }) => {
    await shiftClock(page, ms);
    const { s3Endpoint, bucket, accessKeyId, secretAccessKey } = backend;
    const setup = { s3Endpoint: `${s3Endpoint}/${bucket}`, accessKeyId, secretAccessKey };
    const file = await makeFile('film.mp4', 22 * MiB);
    const uploading = await openHarness(page, await serve('harness'), setup, OPTIONS);
    await uploading.send(file);
    await expectArrived(backend, uploading, file);
  });
}

test('a phone call, and then another one', async ({ page, context, backend, faults, serve, makeFile }) => {
  // Slow enough that the second call comes before the end, however busy the machine.
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 2 * MiB });
  const file = await makeFile('film.mp4', 50 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  for (const parts of [1, 3]) {
    await expect.poll(() => partsStored(backend), { intervals: [50] }).toBeGreaterThanOrEqual(parts);
    await context.setOffline(true);
    await expect.poll(() => statusOf(uploading)).toBe('offline');
    await context.setOffline(false);
  }
  faults.intercept = () => undefined;
  await expectArrived(backend, uploading, file);
  // Attempts are not what a phone call costs; the parts in flight are.
  expect(backend.store.journal.resentBytes()).toBeLessThanOrEqual(12 * PART);
});

test('two tabs upload the same file at once', async ({ context, page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 22 * MiB);
  const url = await serve('harness');
  const tabs = [page, await context.newPage()];
  const uploads = await Promise.all(tabs.map((tab) => openHarness(tab, url, portageServer(backend), OPTIONS)));
  await Promise.all(uploads.map((uploading) => uploading.add(file)));
  await Promise.all(uploads.map((uploading) => uploading.start()));
  const { store, bucket } = backend;
  for (const uploading of uploads) {
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    await uploading.expectMonotonic();
  }
  // One object or two: each is the file.
  const stored = await Promise.all(store.objects(bucket).map(({ key }) => store.sha256(bucket, key)));
  expect([...new Set(stored)]).toEqual([await file.sha256()]);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('battery saver: the tab is hidden and its timers fire once a second', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  // Playwright keeps every page in front, so what a browser does to one behind is done by hand.
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' });
    Object.defineProperty(Document.prototype, 'hidden', { get: () => true });
    const { setTimeout } = window;
    const throttled = (fn: () => void, ms = 0) => {
      const due = performance.now() + ms;
      return setTimeout(fn, Math.ceil(due / 1_000) * 1_000 - performance.now());
    };
    window.setTimeout = throttled as typeof setTimeout;
    window.requestAnimationFrame = () => 0;
  });
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt <= 2 ? { kind: 'reset_peer', afterBytes: MiB } : undefined;
  const file = await makeFile('film.mp4', 30 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(file);
  await expectArrived(backend, uploading, file);
  expect(await statusesOf(page)).toContain('verifying');
});
