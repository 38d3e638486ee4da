/**
 * Pages that are told nothing of how much of a request is sent: a service worker answers, or a WebView has no such events.
 * `npm run test:hidden-progress` sends 32 MiB in real time over connections of 90 kB/s each, and prints the figures.
 */
import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, type Uploading } from '../support/harness.ts';

const whole = process.env['PORTAGE_HIDDEN_PROGRESS'] !== undefined;
const PART = 5 * MiB;

/** From now on a service worker answers what the page asks, that is the page's own worker too. */
async function haveAnswered(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
    await serviceWorker.register('answering-worker.js');
    if (!serviceWorker.controller) await controlled;
  });
}

/** As in a WebView that has no events of uploads, in its workers neither. */
const hideEvents = (page: Page) =>
  page.addInitScript(() => {
    const hide = "Object.defineProperty(XMLHttpRequest.prototype, 'upload', { get: () => new EventTarget() });";
    new Function(hide)();
    const Real = Worker;
    window.Worker = class extends Real {
      constructor(url: URL | string, options?: WorkerOptions) {
        const script = new Blob([`import ${JSON.stringify(String(url))}; ${hide}`], { type: 'text/javascript' });
        super(URL.createObjectURL(script), { ...options, type: 'module' });
      }
    };
  });

const progressOf = async (uploading: Uploading) => (await uploading.snapshots())['film.mp4']?.progress;

const ways = [
  { what: 'behind a service worker that answers', answered: true, options: {} },
  { what: 'behind a service worker that answers, sent by the page itself', answered: true, options: { worker: false } },
  { what: 'where the browser has no events of it', answered: false, options: {} },
];

for (const { what, answered, options } of ways) {
  test(`${what}: slow parts are waited for, none is sent twice, each counts once it is stored`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    test.skip(whole, 'The long run measures real time: npm run test:hidden-progress');
    const { journal } = backend.store;
    faults.intercept = ({ partNumber }) => ({ kind: 'bandwidth', bytesPerSecond: partNumber === 1 ? 2 * MiB : MiB });
    const file = await makeFile('film.mp4', 2 * PART);
    await page.clock.install();
    if (!answered) await hideEvents(page);
    const parts = { partSize: PART, multipartThreshold: PART };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), { ...options, ...parts });
    if (answered) await haveAnswered(page);
    await uploading.send(file);
    await expect.poll(() => journal.inFlight('UploadPart'), { intervals: [20] }).toBe(2);
    expect((await progressOf(uploading))?.unseen, 'it is early').toBeUndefined();
    // The page takes it for a link of 90 kB/s.
    await page.clock.fastForward(8_000);
    await expect.poll(() => progressOf(uploading)).toMatchObject({ unseen: true, loaded: 0 });
    await page.clock.fastForward(32_000);
    await page.clock.fastForward(15_000);
    await expect.poll(() => progressOf(uploading)).toMatchObject({ loaded: PART, percent: 50 });
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(journal.requests({ operation: 'UploadPart' })).toHaveLength(2);
    expect(await storedSha256(backend)).toBe(await file.sha256());
    await uploading.expectMonotonic();
  });

  test(`${what}: 32 MiB over connections of 90 kB/s`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
    browserName,
  }) => {
    test.skip(!whole, 'Minutes: npm run test:hidden-progress');
    test.setTimeout(1_800_000);
    const { journal } = backend.store;
    faults.intercept = ({ operation }) =>
      operation === 'UploadPart' || operation === 'PutObject'
        ? { kind: 'bandwidth', bytesPerSecond: 90_000 }
        : undefined;
    const file = await makeFile('film.mp4', 32 * MiB);
    if (!answered) await hideEvents(page);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), {
      ...{ partSize: 16 * MiB, multipartThreshold: PART },
      ...options,
    });
    if (answered) await haveAnswered(page);
    await uploading.add(file);
    const began = Date.now();
    await uploading.start();
    const ended = await uploading.finish();
    const puts = journal.requests({ operation: 'UploadPart' }).length;
    const again = journal.resentBytes({ operation: 'UploadPart' });
    console.log(
      `${browserName}, ${what}: ${Math.round((Date.now() - began) / 1_000)} s, ${puts} PUTs, ${(again / MiB).toFixed(1)} MiB sent again`,
    );
    expect(ended).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(again).toBe(0);
    expect(await storedSha256(backend)).toBe(await file.sha256());
  });
}
