/** Somebody sets the computer's clock in mid-upload: it was wrong, or the computer found the time by itself. */
import type { Page } from '@playwright/test';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const MINUTE = 60_000;
const PART = 5 * MiB;

/** Lets the time of day be set from now on; what only goes on is left alone, as the browser leaves it. */
function haveClock(): void {
  let wound = 0;
  const Real = Date;
  const now = () => Real.now() + wound;
  class Wound extends Real {
    constructor(...given: ConstructorParameters<typeof Date> | []) {
      super(...((given.length === 0 ? [now()] : given) as [number]));
    }
    static override now() {
      return now();
    }
  }
  globalThis.Date = Wound as DateConstructor;
  Object.assign(globalThis, {
    wind: (ms: number) => {
      wound += ms;
    },
  });
}

/** Sets the clock of the page and of the workers that it has. Returns how many workers those were. */
async function letClockBeSet(page: Page): Promise<(ms: number) => Promise<number>> {
  await page.addInitScript(haveClock);
  const wind = (ms: number) => (globalThis as unknown as { wind(ms: number): void }).wind(ms);
  return async (ms) => {
    const workers = page.workers();
    for (const worker of workers) {
      await worker.evaluate(haveClock);
      await worker.evaluate(wind, ms);
    }
    await page.evaluate(wind, ms);
    return workers.length;
  };
}

for (const [what, ms] of [
  ['back by an hour', -60 * MINUTE],
  ['back by five minutes', -5 * MINUTE],
  ['forth by five minutes', 5 * MINUTE],
  ['forth by an hour', 60 * MINUTE],
] as const) {
  test(`${what}: the upload goes on at its pace, tells of it, and sends nothing twice`, async ({
    page,
    backend,
    serve,
    makeFile,
  }) => {
    const { journal } = backend.store;
    const wind = await letClockBeSet(page);
    const file = await makeFile('film.mp4', 6 * PART);
    const options = { partSize: PART, multipartThreshold: PART, bandwidthLimit: 10 * MiB };
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), options);
    await page.evaluate(() => {
      const seen: { loaded: number; speed: number }[] = [];
      Object.assign(window, { seen });
      const { uppy, plugin } = window.harness;
      uppy.on('upload-progress', (file, { bytesUploaded }) => {
        const speed = plugin.uploads.get(file?.id ?? '')?.progress.speed ?? 0;
        seen.push({ loaded: Number(bytesUploaded), speed });
      });
    });
    const seen = () => page.evaluate(() => (window as unknown as { seen: { loaded: number; speed: number }[] }).seen);
    await uploading.send(file);
    await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
    expect(await wind(ms), 'its worker has the clock of the computer, too').toBe(1);
    const told = (await seen()).length;
    const began = performance.now();
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    // Two seconds by the limit; a clock that is believed would hold it for minutes.
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(await storedSha256(backend)).toBe(await file.sha256());
    expect(journal.requests({ operation: 'UploadPart' })).toHaveLength(6);
    const after = (await seen()).slice(told);
    expect(new Set(after.map(({ loaded }) => loaded)).size, 'progress after it').toBeGreaterThan(1);
    expect(Math.max(...after.map(({ speed }) => speed))).toBeLessThan(60 * MiB);
  });
}

test('back by an hour while the next attempt is waited for: seconds are counted down, not an hour', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const wind = await letClockBeSet(page);
  const error = { code: 'store-unavailable', message: 'The storage is busy.', hint: 'Wait.' };
  const busy = { status: 503, headers: { 'retry-after': '8' }, json: { error } };
  await page.route('**/create', (route) => route.fulfill(busy), { times: 1 });
  await page.goto(await serve('kit'));
  await page.locator('input[type=file]').setInputFiles((await makeFile('note.txt', 1000)).path);
  await expect(page.getByText(/in \d sec/)).toBeVisible();
  await wind(-60 * MINUTE);
  await expect(page.getByText(/in [1-5] sec/)).toBeVisible();
  expect(await page.getByText(/\d (hr|min)/).count()).toBe(0);
  await expect.poll(() => backend.store.objects(backend.bucket).length).toBe(1);
});
