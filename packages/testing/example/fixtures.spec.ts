import { expect, test } from '@portage/testing';

const MiB = 1024 * 1024;

test.use({ site: new URL('./site/', import.meta.url) });

test('a profile slows down what goes to the store', async ({ page, backend, network, makeFile, store, journal }) => {
  network.profile('satellite', 7);
  const file = await makeFile(200_000);
  await page.goto(backend.url);
  await page.getByLabel('File').setInputFiles(file.path);
  await expect(page.getByText('Done')).toBeVisible();
  expect(await store.sha256()).toBe(file.sha256);
  const kinds = new Set(journal.requests().flatMap(({ faults }) => faults.map(({ kind }) => kind)));
  expect([...kinds]).toEqual(expect.arrayContaining(['latency', 'bandwidth']));
});

test('a page is told that it is offline, and goes on afterwards', async ({
  page,
  backend,
  network,
  makeFile,
  store,
  journal,
}) => {
  const file = await makeFile(12 * MiB);
  // So slow that it is under way for as long as the test needs.
  const remove = network.fault({ operation: 'UploadPart', fault: { kind: 'bandwidth', bytesPerSecond: MiB / 4 } });
  await page.goto(backend.url);
  const told = page.evaluate(() => new Promise((told) => addEventListener('offline', () => told(navigator.onLine))));
  await page.getByLabel('File').setInputFiles(file.path);
  await journal.began({ operation: 'UploadPart' });
  await network.offline(300);
  expect(await told).toBe(false);
  remove();
  await expect(page.getByText('Done')).toBeVisible();
  expect(await store.sha256()).toBe(file.sha256);
  expect(journal.requests({ operation: 'UploadPart', state: 'cut' }).length).toBeGreaterThan(0);
});

test('cut() breaks what is under way now', async ({ page, backend, network, makeFile, store, journal }) => {
  const file = await makeFile(6 * MiB);
  const release = network.fault({ operation: 'UploadPart', attempt: 1, fault: { kind: 'stall' } });
  await page.goto(backend.url);
  await page.getByLabel('File').setInputFiles(file.path);
  await journal.began({ operation: 'UploadPart' });
  expect(network.cut()).toBeGreaterThan(0);
  release();
  await expect(page.getByText('Done')).toBeVisible();
  expect(await store.sha256()).toBe(file.sha256);
});

test('a browser can be killed in the midst of an upload, and opened again', async ({
  ownBrowser,
  backend,
  journal,
  network,
  makeFile,
}) => {
  network.fault({ operation: 'UploadPart', fault: { kind: 'stall' } });
  const file = await makeFile(6 * MiB);
  const page = await ownBrowser.open(backend.url);
  await page.getByLabel('File').setInputFiles(file.path);
  await journal.began({ operation: 'UploadPart' });
  await ownBrowser.kill();
  expect((await journal.ended({ operation: 'UploadPart' })).state).toBe('cut');
  const again = await ownBrowser.open(backend.url);
  await expect(again.getByLabel('File')).toBeVisible();
});

test('each test has a store and a server of its own', async ({ store, backend, journal }) => {
  expect(store.objects()).toEqual([]);
  expect(journal.requests()).toEqual([]);
  expect((await fetch(`${backend.uploadsUrl}/files`)).ok).toBe(true);
  expect((await fetch(`${backend.url}/..%2f..%2fpackage.json`)).status).toBe(404);
});

test.describe('over HTTP/2', () => {
  test.use({ storeOptions: { http2: true }, ignoreHTTPSErrors: true });

  test('a stream that is reset costs its request, and a browser that comes back takes the certificate, too', async ({
    ownBrowser,
    page,
    backend,
    network,
    makeFile,
    store,
    journal,
  }) => {
    const file = await makeFile(12 * MiB);
    const reset = { kind: 'reset_stream', afterBytes: MiB } as const;
    network.fault({ operation: 'UploadPart', partNumber: 2, attempt: 1, fault: reset });
    for (const opened of [page, await ownBrowser.open(backend.url)]) {
      await opened.goto(backend.url);
      await opened.getByLabel('File').setInputFiles(file.path);
      await expect(opened.getByText('Done')).toBeVisible();
    }
    expect(store.endpoint).toMatch(/^https:/);
    const hashes = await Promise.all(store.objects().map(({ key }) => store.sha256(key)));
    expect(hashes).toEqual([file.sha256, file.sha256]);
    const cut = journal.requests({ operation: 'UploadPart', state: 'cut' });
    expect(cut.map(({ partNumber }) => partNumber)).toEqual([2, 2]);
  });
});
