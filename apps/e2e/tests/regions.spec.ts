/** A server with two regions, each a store of its own: uploads go on in the other one where theirs is gone. */
import type { Request } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { createMockS3, type MockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import { test as base, expect, MiB } from '../support/fixtures.ts';
import { openHarness } from '../support/harness.ts';
import { startUploadServer } from '../support/upload-server.ts';

interface Regions {
  readonly endpoint: string;
  readonly us: MockS3;
  /** The ids of the files that the app was told of, each with its region. */
  readonly told: { id: string; region: string | undefined }[];
}

const PART = 5 * MiB;

const test = base.extend<{ regions: Regions }>({
  regions: async ({ backend }, use) => {
    const us = await createMockS3({ buckets: [backend.bucket] });
    const told: Regions['told'] = [];
    const { endpoint, region, credentials } = us;
    const server = await startUploadServer(backend, {
      regions: { us: s3({ endpoint, region, bucket: backend.bucket, credentials: credentials[0] }) },
      routes: {
        files: {
          anonymous: true,
          maxSize: Number.POSITIVE_INFINITY,
          onComplete: ({ id, region }) => void told.push({ id, region }),
        },
      },
    });
    await use({ endpoint: server.url, us, told });
    await server.down();
    await us.close();
  },
});

const stored = (store: MockS3, { bucket }: Backend) => store.objects(bucket).map(({ key }) => key);
const begunParts = (store: MockS3) => store.journal.requests({ operation: 'UploadPart' }).length;

for (const [how, fault, count] of [
  ['refuses connections', { kind: 'down' }, 3],
  ['answers nothing', { kind: 'stall' }, 1],
] as const) {
  test(`a region that ${how} is left in mid-upload: each of ${count} is stored once, elsewhere, and the person reads it once`, async ({
    page,
    backend,
    regions,
    serve,
    makeFile,
  }) => {
    backend.store.faults.set([{ fault: { kind: 'bandwidth', bytesPerSecond: 4 * MiB } }]);
    const names = Array.from({ length: count }, (_, index) => `film-${index}.mp4`);
    const files = await Promise.all(names.map((name) => makeFile(name, 8 * PART)));
    const options = { partSize: PART, multipartThreshold: PART };
    const uploading = await openHarness(page, await serve('harness'), { endpoint: regions.endpoint }, options);
    await page.evaluate(() => {
      const { uppy, events } = window.harness;
      uppy.on('info-visible', () => events.push(`says ${uppy.getState().info.at(-1)?.message}`));
    });
    await uploading.send(...files);
    await expect.poll(() => begunParts(backend.store)).toBeGreaterThan(6);
    backend.store.faults.set([{ fault }]);
    backend.store.cut();
    expect(await uploading.finish()).toEqual({ successful: names, failed: [] });
    const keys = stored(regions.us, backend);
    const sums = await Promise.all(keys.map((key) => regions.us.sha256(backend.bucket, key)));
    expect(sums.sort()).toEqual((await Promise.all(files.map((file) => file.sha256()))).sort());
    expect([stored(backend.store, backend), regions.told.map(({ region }) => region)]).toEqual([
      [],
      names.map(() => 'us'),
    ]);
    if (count === 1) await uploading.expectMonotonic();
    const seen = await page.evaluate(async () => {
      const { uppy, plugin } = window.harness;
      const [file] = uppy.getFiles();
      const record = file && (await plugin.exportDiagnostics(file.id));
      return record?.region;
    });
    expect(seen).toMatchObject({ name: 'us', left: ['eu'] });
    const said = (await uploading.events()).filter((event) => event.startsWith('says'));
    expect(said).toEqual(['says Switched to another data center']);
  });
}

test('after a reload, a file whose region is dead by then is picked again and goes on in another one', async ({
  page,
  backend,
  regions,
  serve,
  makeFile,
}) => {
  backend.store.faults.set([{ fault: { kind: 'bandwidth', bytesPerSecond: 4 * MiB, shared: true } }]);
  const file = await makeFile('film.mp4', 8 * PART);
  const options = { partSize: PART, multipartThreshold: PART };
  const url = await serve('harness');
  const before = await openHarness(page, url, { endpoint: regions.endpoint }, options);
  await before.send(file);
  const { journal } = backend.store;
  await expect.poll(() => journal.requests({ operation: 'UploadPart', status: 200 }).length).toBeGreaterThan(1);
  backend.store.faults.set([{ fault: { kind: 'down' } }]);
  backend.store.cut();
  const after = await openHarness(page, url, { endpoint: regions.endpoint }, options);
  const left = () => page.evaluate(() => window.harness.plugin.unfinished.list());
  await expect.poll(left).toMatchObject([{ name: 'film.mp4' }]);
  await after.send(file);
  expect(await after.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  const [key = ''] = stored(regions.us, backend);
  expect(await regions.us.sha256(backend.bucket, key)).toBe(await file.sha256());
  // What the dead one holds is of the same upload, and of nobody's concern any more.
  expect(backend.store.multipartUploads(backend.bucket).map((upload) => upload.key)).toEqual([key]);
  expect(regions.told.map(({ region }) => region)).toEqual(['us']);
  expect(await left()).toEqual([]);
});

test('the drop-in says it where it says what was refused, until it is dismissed', async ({
  page,
  backend,
  regions,
  serve,
  makeFile,
}) => {
  const file = await makeFile('film.mp4', 24 * MiB);
  await page.goto(
    `${await serve('kit')}?companion=http://127.0.0.1:9&endpoint=${encodeURIComponent(regions.endpoint)}#remote`,
  );
  backend.store.faults.set([{ operation: 'UploadPart', fault: { kind: 'down' } }]);
  await page.locator('input[type=file]').first().setInputFiles(file.path);
  const said = page.getByRole('alert').filter({ hasText: 'Switched to another data center' });
  await expect(said).toBeVisible();
  await expect.poll(() => stored(regions.us, backend)).toHaveLength(1);
  await said.getByRole('button').click();
  await expect(page.getByText('Switched to another data center')).toHaveCount(0);
});

for (const [how, saveData, asked] of [
  ['once for each page and network', false, 8],
  ['not at all where the person saves data', true, 0],
] as const) {
  test(`regions are measured ${how}`, async ({ page, regions, serve, makeFile }) => {
    await page.addInitScript((saves) => {
      const connection = Object.assign(new EventTarget(), { saveData: saves, effectiveType: '4g' });
      Object.defineProperty(navigator, 'connection', { value: connection });
    }, saveData);
    const probes: Request[] = [];
    page.on('request', (request) => {
      if (request.method() === 'HEAD') probes.push(request);
    });
    const [one, two] = [await makeFile('a.bin', MiB), await makeFile('b.bin', MiB)];
    const uploading = await openHarness(page, await serve('harness'), { endpoint: regions.endpoint });
    await uploading.send(one);
    await uploading.finish();
    await expect.poll(() => probes.length).toBe(asked);
    await uploading.send(two);
    expect((await uploading.finish()).successful).toEqual(['a.bin', 'b.bin']);
    expect(probes).toHaveLength(asked);
  });
}
