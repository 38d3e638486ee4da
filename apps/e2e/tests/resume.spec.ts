/** Uploads go on after the page, the browser, the server or the store was gone. */
import type { Page } from '@playwright/test';
import { startCallGate } from '../support/call-faults.ts';
import { expect, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';
import { killBrowser, launchWith } from '../support/kill-browser.ts';

const slow = () => ({ kind: 'bandwidth', bytesPerSecond: 6 * MiB }) as const;
const PART = 8 * MiB;

/** Names and sizes of what an earlier page did not finish. */
const unfinished = (page: Page) => page.evaluate(() => window.harness.plugin.unfinished.list());

test('a reload in mid-flight: the same file picked again goes on where it stopped', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  faults.intercept = slow;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend));
  await before.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);

  const after = await openHarness(page, url, portageServer(backend));
  faults.intercept = () => undefined;
  // The page before holds its upload for a moment.
  await expect.poll(() => unfinished(page)).toMatchObject([{ name: 'film.mp4', size: 96 * MiB, oneClick: false }]);
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
  expect(await unfinished(page)).toEqual([]);
});

test('the same file picked again for another album is an upload of its own, and the first one is still offered', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  faults.intercept = slow;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const openFor = async (album: string) => {
    const harness = await openHarness(page, url, portageServer(backend));
    await page.evaluate((album) => window.harness.uppy.setMeta({ album }), album);
    return harness;
  };
  await (await openFor('summer')).send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);

  const after = await openFor('winter');
  faults.intercept = () => undefined;
  await expect.poll(() => unfinished(page)).toHaveLength(1);
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(2);
  expect(await unfinished(page)).toMatchObject([{ name: 'film.mp4' }]);
});

test('the browser process is killed: a new one goes on', async ({
  browserName,
  backend,
  faults,
  serve,
  makeFile,
  folder,
}) => {
  test.skip(browserName !== 'chromium', 'A Chromium is what is killed.');
  const { journal } = backend.store;
  faults.intercept = slow;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const profile = `${folder}/profile`;

  const first = await launchWith(profile);
  const before = await openHarness(first.pages()[0] ?? (await first.newPage()), url, portageServer(backend));
  await before.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);
  await killBrowser(first, profile);

  faults.intercept = () => undefined;
  const second = await launchWith(profile);
  const page = second.pages()[0] ?? (await second.newPage());
  const after = await openHarness(page, url, portageServer(backend));
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(journal.resentBytes()).toBeLessThanOrEqual(6 * PART);
  await second.close();
});

test('the reply to Complete is lost with the page: nothing is sent again', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  let gone = false;
  // The server does it; the page never hears of it.
  const gate = await startCallGate(backend.apiUrl, ({ operation }) =>
    operation === 'complete' && !gone ? { kind: 'lost-reply' } : undefined,
  );
  const setup = { endpoint: `${gate.url}/api/uploads` };
  const file = await makeFile('film.mp4', 24 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, setup);
  await before.send(file);
  await journal.ended({ operation: 'CompleteMultipartUpload' });

  const after = await openHarness(page, url, setup);
  gone = true;
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'UploadPart' })).toHaveLength(5);
  await gate.close();
});

test('two tabs with the same file: each finishes, neither spoils the other', async ({
  page,
  context,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const file = await makeFile('film.mp4', 48 * MiB);
  const url = await serve('harness');
  const first = await openHarness(page, url, portageServer(backend));
  const other = await context.newPage();
  const second = await openHarness(other, url, portageServer(backend));
  // The first tab is not done before the other one has begun.
  let complete = () => {};
  const begun = new Promise<void>((resolve) => {
    complete = resolve;
  });
  await page.route('**/complete', (route) => begun.then(() => route.continue()));
  await first.send(file);
  // Before its first part is sent an upload is remembered; before that, others see nothing of it.
  await store.journal.began({ operation: 'UploadPart' });
  expect(await unfinished(other), 'what another tab works on is not offered').toEqual([]);
  const freed = other.evaluate(
    () => new Promise<void>((resolve) => void window.harness.plugin.unfinished.onFreed(resolve)),
  );
  const waiting = async () => (await navigator.locks.query()).pending?.some(({ name }) => name?.startsWith('portage:'));
  await expect.poll(() => other.evaluate(waiting), 'the other tab waits for the upload').toBe(true);
  await second.send(file);
  const created = () => store.journal.requests({ operation: 'CreateMultipartUpload', status: 200 }).length;
  await expect.poll(created, 'both are at it').toBe(2);
  complete();
  for (const uploading of [first, second]) expect((await uploading.finish()).successful).toEqual(['film.mp4']);
  await freed;
  expect(store.objects(bucket)).toHaveLength(2);
  const expected = await file.sha256();
  for (const { key } of store.objects(bucket)) expect(await store.sha256(bucket, key)).toBe(expected);
});

test('another part size after a deploy: the upload goes on with its own', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const { journal } = backend.store;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend), { partSize: 5 * MiB });
  await before.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(2);
  const after = await openHarness(page, url, portageServer(backend), { partSize: 16 * MiB });
  faults.intercept = () => undefined;
  await expectArrives(backend, after, file);
  expect(journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
});

test('a file that was edited since is another file', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const file = await makeFile('film.mp4', 96 * MiB);
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend));
  await before.send(file);
  await expect.poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
  const edited = await makeFile('film.mp4', 96 * MiB);
  const after = await openHarness(page, url, portageServer(backend));
  faults.intercept = () => undefined;
  const [{ id } = { id: '' }] = await unfinished(page);
  const refused = await page.evaluate(async (id) => {
    const other = new Blob([new Uint8Array(96 * 1024 * 1024)]);
    return window.harness.plugin.unfinished.continue(id, other).catch((error: Error) => error.message);
  }, id);
  expect(refused).toMatch(/not the file whose upload was interrupted/);
  await expectArrives(backend, after, edited);
  expect(store.multipartUploads(bucket), 'the unfinished one is kept').toHaveLength(1);
});

test('a discarded upload leaves nothing in the store', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const url = await serve('harness');
  const before = await openHarness(page, url, portageServer(backend));
  await before.send(await makeFile('film.mp4', 96 * MiB));
  await expect.poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
  await openHarness(page, url, portageServer(backend));
  const [{ id } = { id: '' }] = await unfinished(page);
  await page.evaluate((id) => window.harness.plugin.unfinished.discard(id), id);
  expect(await unfinished(page)).toEqual([]);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('signing out forgets what the user has not finished, and nothing of others', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const file = await makeFile('film.mp4', 64 * MiB);
  const url = await serve('harness');
  const as = (user: string) => openHarness(page, url, portageServer(backend), { user });
  const ann = await as('ann');
  await ann.send(file);
  await expect.poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(0);

  await as('bob');
  await page.evaluate(() => window.harness.plugin.unfinished.clear());
  expect(store.multipartUploads(bucket)).toHaveLength(1);

  await as('ann');
  await expect.poll(() => unfinished(page)).toMatchObject([{ name: 'film.mp4' }]);
  await page.evaluate(() => window.harness.plugin.unfinished.clear());
  expect(await unfinished(page)).toEqual([]);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('destroy() keeps what a later page may go on with', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = slow;
  const { store, bucket } = backend;
  const url = await serve('harness');
  const file = await makeFile('film.mp4', 96 * MiB);
  const before = await openHarness(page, url, portageServer(backend));
  await before.send(file);
  await expect.poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
  await page.evaluate(() => window.harness.uppy.destroy());
  await before.finish();
  await expect.poll(() => store.journal.inFlight()).toBe(0);
  expect(store.journal.requests({ operation: 'AbortMultipartUpload' })).toEqual([]);
  expect(store.multipartUploads(bucket)).toHaveLength(1);
  faults.intercept = () => undefined;
  const after = await openHarness(page, url, portageServer(backend));
  await expectArrives(backend, after, file);
  expect(store.multipartUploads(bucket)).toEqual([]);
});

for (const [what, break_] of [
  ['is missing', () => Reflect.deleteProperty(window, 'indexedDB')],
  [
    'is blocked',
    () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    },
  ],
  [
    'is full',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('No room.', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`a database that ${what} costs nothing but the resuming`, async ({ page, backend, serve, makeFile }) => {
    await page.addInitScript(break_);
    const file = await makeFile('film.mp4', 24 * MiB);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await expectArrives(backend, uploading, file);
    expect(await unfinished(page)).toEqual([]);
  });
}

test('a database that answers late learns of the upload all the same', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = slow;
  const { journal } = backend.store;
  const url = await serve('harness');
  const file = await makeFile('film.mp4', 96 * MiB);
  // Another tab is at it: whoever wants to write waits.
  const other = await page.context().newPage();
  await openHarness(other, url, portageServer(backend));
  expect(await unfinished(other)).toEqual([]);
  await other.evaluate(async () => {
    const opening = indexedDB.open('portage');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const uploads = opening.result.transaction('uploads', 'readwrite').objectStore('uploads');
    const hold = () => {
      if (!(window as { letGo?: boolean }).letGo) uploads.get('nothing').onsuccess = hold;
    };
    hold();
  });
  const uploading = await openHarness(page, url, portageServer(backend));
  await uploading.send(file);
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
  await other.evaluate(() => Object.assign(window, { letGo: true }));
  const records = () =>
    other.evaluate(async () => {
      const opening = indexedDB.open('portage');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const counting = opening.result.transaction('uploads').objectStore('uploads').count();
      await new Promise((resolve) => counting.addEventListener('success', resolve));
      opening.result.close();
      return counting.result;
    });
  await expect.poll(records).toBe(1);
  await other.close();
  await openHarness(page, url, portageServer(backend));
  await expect.poll(async () => (await unfinished(page)).map(({ name }) => name)).toEqual(['film.mp4']);
});
