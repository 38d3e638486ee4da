/** Real files, a real Chromium, a store that others wrote: what arrives is what was picked. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { TestFile } from '../../e2e/support/fixtures.ts';
import { openHarness } from '../../e2e/support/harness.ts';
import { OWN_KEY } from '../src/ceph.ts';
import { expect, type Fixtures, MiB, MODES, type Mode, test } from '../src/fixtures.ts';
import type { RealStore } from '../src/real-store.ts';

const TABLE = 'Uploads from Chromium: SHA-256 of what is stored';

const SIZES: readonly (readonly [string, number])[] = [
  ['0 B', 0],
  ['1 B', 1],
  ['100 kB', 100_000],
  ['5 MiB + 1 B', 5 * MiB + 1],
  ['64 MiB', 64 * MiB],
  ['300 MiB', 300 * MiB],
];

/** The code of a file's error; an error loses it on its way out of the page. */
const codeOf = (page: Page, name: string) =>
  page.evaluate((name) => {
    const { uppy, plugin } = window.harness;
    const file = uppy.getFiles().find((each) => each.name === name);
    return file && plugin.uploads.get(file.id)?.error?.code;
  }, name);

/** Swift hides what a page has to read to send parts by itself: that is told, soon. */
const hidesParts = (profile: RealStore['profile'], mode: Mode) => profile === 'swift' && mode !== 'endpoint';

async function expectHidden({
  page,
  place,
  mode,
  url,
  file,
  note,
  row,
}: Pick<Fixtures, 'place' | 'note'> & { page: Page; mode: Mode; url: string; file: TestFile; row: string }) {
  const uploading = await openHarness(page, url, place.setup(mode));
  await uploading.send(file);
  await uploading.finish();
  const code = await codeOf(page, file.name);
  expect(code).toBe('store-unreadable');
  note({ table: TABLE, row, column: mode, value: code ?? '' });
}

for (const mode of MODES) {
  for (const [row, size] of SIZES) {
    test(`${mode}: ${row}`, async ({ page, place, serve, makeFile, note }) => {
      const file = await makeFile('file.bin', size);
      const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
      const began = Date.now();
      await uploading.send(file);
      const { successful } = await uploading.finish();
      const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
      const code = await codeOf(page, 'file.bin');
      if (size > 8 * MiB && hidesParts(place.store.profile, mode)) {
        note({ table: TABLE, row, column: mode, value: `${code} after ${seconds}` });
        expect(code).toBe('store-unreadable');
        expect(Date.now() - began).toBeLessThan(30_000);
        return;
      }
      expect([successful, code]).toEqual([['file.bin'], undefined]);
      const [key = ''] = await place.keys();
      expect(await place.sha256(key)).toBe(await file.sha256());
      await uploading.expectMonotonic();
      note({ table: TABLE, row, column: mode, value: 'same' });
    });
  }
}

for (const mode of MODES) {
  test(`${mode}: paused and gone on with`, async ({ page, place, serve, makeFile, note }) => {
    const file = await makeFile('film.mp4', 64 * MiB);
    if (hidesParts(place.store.profile, mode)) {
      return expectHidden({ page, place, mode, url: await serve('harness'), file, note, row: '64 MiB, paused' });
    }
    place.relay.bytesPerSecond = 2 * MiB;
    const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
    await uploading.send(file);
    await expect.poll(() => place.relay.bytes).toBeGreaterThan(10 * MiB);
    await page.evaluate(() => window.harness.uppy.pauseAll());
    await expect.poll(async () => (await uploading.snapshots())['film.mp4']?.status).toBe('paused');
    place.relay.bytesPerSecond = undefined;
    await page.evaluate(() => window.harness.uppy.resumeAll());
    expect((await uploading.finish()).successful).toEqual(['film.mp4']);
    const [key = ''] = await place.keys();
    expect(await place.sha256(key)).toBe(await file.sha256());
    note({ table: TABLE, row: '64 MiB, paused', column: mode, value: 'same' });
  });

  test(`${mode}: reloaded in mid-flight`, async ({ page, place, serve, makeFile, note }) => {
    const file = await makeFile('film.mp4', 64 * MiB);
    if (hidesParts(place.store.profile, mode)) {
      return expectHidden({
        page,
        place,
        mode,
        url: await serve('harness'),
        file,
        note,
        row: '64 MiB, reloaded half-way',
      });
    }
    place.relay.bytesPerSecond = 3 * MiB;
    const url = await serve('harness');
    const before = await openHarness(page, url, place.setup(mode));
    await before.send(file);
    await expect.poll(() => place.relay.bytes).toBeGreaterThan(30 * MiB);
    const after = await openHarness(page, url, place.setup(mode));
    place.relay.bytesPerSecond = undefined;
    const unfinished = () => page.evaluate(() => window.harness.plugin.unfinished.list());
    await expect.poll(unfinished).toMatchObject([{ name: 'film.mp4' }]);
    await after.send(file);
    expect((await after.finish()).successful).toEqual(['film.mp4']);
    const [key = ''] = await place.keys();
    expect(await place.sha256(key)).toBe(await file.sha256());
    const sent = `${((place.relay.bytes / file.size) * 100).toFixed(0)} % sent`;
    expect(place.relay.bytes).toBeLessThan(1.9 * file.size);
    note({ table: TABLE, row: '64 MiB, reloaded half-way', column: mode, value: `same, ${sent}` });
  });

  test(`${mode}: every connection reset twice`, async ({ page, place, serve, makeFile, note }) => {
    const file = await makeFile('film.mp4', 64 * MiB);
    if (hidesParts(place.store.profile, mode)) {
      return expectHidden({
        page,
        place,
        mode,
        url: await serve('harness'),
        file,
        note,
        row: '64 MiB, all connections reset twice',
      });
    }
    place.relay.bytesPerSecond = 4 * MiB;
    const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
    await uploading.send(file);
    for (const mark of [15, 35]) {
      await expect.poll(() => place.relay.bytes).toBeGreaterThan(mark * MiB);
      place.relay.cut();
    }
    place.relay.bytesPerSecond = undefined;
    expect((await uploading.finish()).successful).toEqual(['film.mp4']);
    const [key = ''] = await place.keys();
    expect(await place.sha256(key)).toBe(await file.sha256());
    note({ table: TABLE, row: '64 MiB, all connections reset twice', column: mode, value: 'same' });
  });

  test(`${mode}: cancelled: nothing is left in the store`, async ({ page, place, serve, makeFile, note }) => {
    const file = await makeFile('film.mp4', 64 * MiB);
    if (hidesParts(place.store.profile, mode)) {
      return expectHidden({ page, place, mode, url: await serve('harness'), file, note, row: '64 MiB, cancelled' });
    }
    place.relay.bytesPerSecond = 2 * MiB;
    const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
    await uploading.send(file);
    await expect.poll(() => place.relay.bytes).toBeGreaterThan(12 * MiB);
    await page.evaluate(() => window.harness.uppy.cancelAll());
    const pending = async () => (await place.asker.send({ query: 'uploads=' })).text.match(/<UploadId>/g)?.length ?? 0;
    await expect.poll(pending).toBe(0);
    expect(await place.keys()).toEqual([]);
    note({ table: TABLE, row: '64 MiB, cancelled', column: mode, value: 'nothing left' });
  });

  test(`${mode}: odd names`, async ({ page, place, serve, makeFile, note }) => {
    const names = ['a b+c%41 ü.txt', '日本語 & <x>.bin', "it's 100% 'done'.txt", '😀.png', '.hidden'];
    const files = await Promise.all(names.map((name) => makeFile(name, 1000)));
    const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
    await uploading.send(...files);
    expect((await uploading.finish()).successful.sort()).toEqual([...names].sort());
    const sums = await Promise.all((await place.keys()).map((key) => place.sha256(key)));
    expect(sums.sort()).toEqual((await Promise.all(files.map((file) => file.sha256()))).sort());
    note({ table: TABLE, row: 'odd names', column: mode, value: 'same' });
  });
}

test.describe('a route that takes pictures', () => {
  test.use({
    routes: { files: { anonymous: true, accept: ['image/png'], metadata: () => ({ team: 'Käse & more' }) } },
  });

  test('keeps a picture with its metadata, and deletes what only looks like one', async ({
    page,
    place,
    serve,
    folder,
    note,
  }) => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await writeFile(join(folder, 'right.png'), png);
    await writeFile(join(folder, 'wrong.png'), 'this is text, and no picture at all');
    const uploading = await openHarness(page, await serve('harness'), place.setup('endpoint'));
    const inputs = ['right.png', 'wrong.png'].map((name) => join(folder, name));
    await page.getByLabel('Files').setInputFiles(inputs);
    await uploading.start();
    expect(await uploading.finish()).toEqual({ successful: ['right.png'], failed: ['wrong.png'] });
    expect(await codeOf(page, 'wrong.png')).toBe('server-refused');
    const keys = await place.keys();
    expect(keys).toHaveLength(1);
    const { 'content-type': type, 'x-amz-meta-team': team } = await place.head(keys[0] ?? '');
    expect([type, decodeURIComponent(team ?? '')]).toEqual(['image/png', 'Käse & more']);
    note({ table: TABLE, row: '`accept` and metadata', column: 'endpoint', value: 'kept; the false one deleted' });
  });
});

test.describe('small files that may travel together', () => {
  test.use({ packs: true });

  test('are taken out by the store, each whole', async ({ page, place, serve, makeFile, note }) => {
    const names = Array.from({ length: 60 }, (_, index) => `${index}.bin`);
    const files = await Promise.all(names.map((name, index) => makeFile(name, 20_000 + 3_000 * index)));
    const uploading = await openHarness(page, await serve('harness'), place.setup('endpoint'));
    await uploading.send(...files);
    expect((await uploading.finish()).successful.sort()).toEqual([...names].sort());
    const keys = await place.keys();
    // Nothing is left of a pack.
    expect(keys).toHaveLength(names.length);
    const sums = await Promise.all(keys.map((key) => place.sha256(key)));
    expect(sums.sort()).toEqual((await Promise.all(files.map((file) => file.sha256()))).sort());
    const unpacked = place.events.some(
      (event) => event.event === 'call' && event.operation === 'unpack' && event.status === 200,
    );
    const value = unpacked ? 'same, together' : 'same, each by itself';
    note({ table: TABLE, row: '60 small files, `packs: true`', column: 'endpoint', value });
  });
});

for (const mode of ['signRequest', 'getCredentials'] as const) {
  test(`${mode}: a picture keeps its type`, async ({ page, place, serve, folder, note }) => {
    await writeFile(join(folder, 'right.png'), 'whatever it is');
    const uploading = await openHarness(page, await serve('harness'), place.setup(mode));
    await page.getByLabel('Files').setInputFiles(join(folder, 'right.png'));
    await uploading.start();
    expect(await uploading.finish()).toEqual({ successful: ['right.png'], failed: [] });
    const [key = ''] = await place.keys();
    expect((await place.head(key))['content-type']).toBe('image/png');
    note({ table: TABLE, row: '`accept` and metadata', column: mode, value: 'its type kept; no server that checks' });
  });
}

test.describe('objects that the store encrypts with a key of its own, and tags', () => {
  test.use({
    headers: {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': OWN_KEY,
      'x-amz-tagging': 'team=films',
    },
  });

  for (const [row, size] of [
    ['100 kB, SSE-KMS and a tag', 100_000],
    ['24 MiB, SSE-KMS and a tag', 24 * MiB],
  ] as const) {
    test(row, async ({ page, place, serve, makeFile, note }) => {
      // Swift has neither.
      if (place.store.profile === 'swift') return;
      const file = await makeFile('film.mp4', size);
      const uploading = await openHarness(page, await serve('harness'), place.setup('endpoint'));
      await uploading.send(file);
      await uploading.finish();
      expect(await codeOf(page, 'film.mp4')).toBeUndefined();
      const [key = ''] = await place.keys();
      expect(await place.sha256(key)).toBe(await file.sha256());
      const { 'x-amz-server-side-encryption': kind, 'x-amz-server-side-encryption-aws-kms-key-id': name } =
        await place.head(key);
      expect([kind, name]).toEqual(['aws:kms', OWN_KEY]);
      // Ceph 16 forgets the tag that comes with the start of an upload in parts.
      const forgets = place.store.profile === 'ceph-16';
      const { text } = await place.asker.send({ key, query: 'tagging=' });
      expect(text.includes('<Value>films</Value>')).toBe(!forgets);
      note({
        table: TABLE,
        row,
        column: 'endpoint',
        value: forgets ? 'same, encrypted; its tag is lost' : 'same, encrypted, tagged',
      });
    });
  }
});
