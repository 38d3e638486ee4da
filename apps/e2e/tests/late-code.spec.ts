/** Code that is loaded when it is needed may not arrive: on the very networks that uploads have to survive. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { centreOf, dropFiles } from '../support/drop-files.ts';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';

test('the code that uploads is asked for again until it is there', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  let refused = 0;
  await page.route(/\/uploader-[^/]*\.js$/, (route) => {
    if (refused >= 2) return route.continue();
    refused += 1;
    return route.abort();
  });
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? { kind: 'error', status: 503, code: 'SlowDown' } : undefined;
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBe(2);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('where the code that uploads stays away a file fails in words, and a retry asks for it again', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const uploader = /\/uploader-[^/]*\.js/;
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.route(uploader, (route) => route.abort());
  await page.clock.install();
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  const status = async () => {
    await page.clock.runFor(2_000);
    return (await uploading.snapshots())['film.mp4']?.status;
  };
  await expect.poll(status).toBe('failed');
  expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4'] });
  await page.clock.resume();
  await page.unroute(uploader);
  await page.evaluate(() => window.harness.uppy.retryAll());
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(errors).toEqual([]);
});

test('where the code that records uploads does not arrive, they go as ever, and are recorded once it is there', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const recorder = /\/diagnostics-[^/]*\.js/;
  let refused = 0;
  await page.route(recorder, (route) => {
    refused += 1;
    return route.abort();
  });
  const outcomes = () =>
    page.evaluate(() => {
      const { uppy, plugin } = window.harness;
      return Promise.all(uppy.getFiles().map(({ id }) => plugin.exportDiagnostics(id).then((told) => told?.status)));
    });
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  const film = await makeFile('film.mp4', 12 * MiB);
  await uploading.add(film);
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await outcomes()).toEqual([undefined]);
  expect(refused).toBeGreaterThan(1);
  await page.unroute(recorder);
  expect(await outcomes()).toEqual(['complete']);
});

test('the code for signing in the page is asked for again until it is there', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  let refused = 0;
  await page.route(/\/direct-backend-[^/]*\.js$/, (route) => {
    if (refused >= 2) return route.continue();
    refused += 1;
    return route.abort();
  });
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend));
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBe(2);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

for (const late of ['walk-drop', 'virtual-list', 'files-panel', 'item-picture']) {
  test(`the page stays and uploads where ${late} does not arrive`, async ({
    page,
    backend,
    serve,
    makeFile,
    folder,
    browserName,
  }) => {
    test.skip(browserName === 'firefox', 'Only Chromium can be told to drop.');
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    let refused = 0;
    await page.route(new RegExp(`/${late}-[^/]*\\.js$`), (route) => {
      refused += 1;
      return route.abort();
    });
    // From a hundred files on a list is long.
    const many = late === 'virtual-list' ? 120 : 3;
    const trip = join(folder, 'trip');
    await mkdir(trip);
    await Promise.all(Array.from({ length: many }, (_, index) => writeFile(join(trip, `${index}.txt`), `${index}`)));
    await page.goto(`${await serve('kit')}#routes`);
    await page.locator('input[type=file]').setInputFiles((await makeFile('picked.bin', 100_000)).path);
    await dropFiles(page, await centreOf(page), [trip]);
    const stored = () => backend.store.objects(backend.bucket).length;
    if (late === 'walk-drop') {
      await expect(page.getByRole('alert')).toContainText('trip could not be read');
      await expect.poll(stored).toBe(1);
    } else {
      await expect.poll(stored).toBe(1 + many);
    }
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    expect(await page.getByRole('listitem').count()).toBeGreaterThan(0);
    // The drawing of a file's kind came with its row.
    if (late === 'item-picture') await expect(page.getByRole('listitem').locator('[data-kind]')).toHaveCount(1 + many);
    expect(refused).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });
}

test('the page stays and uploads where no code arrives that comes late, but what uploads', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const url = await serve('kit');
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const html = await (await page.request.get(url)).text();
  const first = [...html.matchAll(/[\w-]+\.js/g)].map(([name]) => name);
  const refused = new Set<string>();
  await page.route('**/*.js', (route) => {
    const name = route.request().url().split('/').at(-1)?.replace(/#.*/, '') ?? '';
    if (first.includes(name) || /^(uploader|upload-worker)-/.test(name)) return route.continue();
    refused.add(name.replace(/-[^-]*$/, ''));
    return route.abort();
  });
  await page.goto(`${url}#routes`);
  const row = page.getByRole('listitem');
  const files = await Promise.all(['a.png', 'b.txt'].map((name) => makeFile(name, 100_000)));
  await page.locator('input[type=file]').setInputFiles(files.map(({ path }) => path));
  await expect.poll(() => backend.store.objects(backend.bucket).length).toBe(2);
  await expect(row).toHaveCount(2);
  await expect(row.first()).toHaveText('a.png');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(errors).toEqual([]);
  expect(refused.size, 'as many as there are').toBeGreaterThan(10);
});

test('the offer to continue is shown once its code has arrived', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 4 * MiB } : undefined;
  let refused = 0;
  await page.route(/\/recovery-list-[^/]*\.js$/, (route) => {
    refused += 1;
    return refused === 1 ? route.abort() : route.continue();
  });
  await page.goto(await serve('kit'));
  await page.locator('input[type=file]').setInputFiles((await makeFile('film.mp4', 24 * MiB)).path);
  await expect.poll(() => backend.store.journal.requests({ operation: 'UploadPart' }).length).toBeGreaterThan(1);
  await page.reload();
  // Firefox is asked again at once.
  await expect.poll(() => refused).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expect(page.getByRole('region', { name: '1 unfinished upload' })).toBeVisible();
});
