import { expect, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';

const SIZES: [name: string, size: number][] = [
  ['nothing', 0],
  ['one byte', 1],
  ['5 MiB', 5 * MiB],
  ['exactly one part', 8 * MiB],
  ['one part and one byte', 8 * MiB + 1],
  ['64 MiB', 64 * MiB],
  ['300 MiB', 300 * MiB],
];

for (const [name, size] of SIZES) {
  test(`a file of ${name} arrives with exactly its bytes`, async ({ page, backend, serve, makeFile }) => {
    const file = await makeFile('film.mp4', size);
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
    await expectArrives(backend, uploading, file);
    expect((await uploading.snapshots())['film.mp4']).toMatchObject({
      status: 'complete',
      progress: { loaded: size, total: size, percent: 100 },
    });
    await uploading.expectMonotonic();
    expect(backend.store.multipartUploads(backend.bucket)).toEqual([]);
    expect(backend.store.journal.resentBytes()).toBe(0);
  });
}

test('parts of one file are in flight at once, never more than six', async ({ page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 64 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(file);
  await uploading.finish();
  const most = backend.store.journal.maxInFlight('UploadPart');
  expect(most).toBeGreaterThanOrEqual(4);
  expect(most).toBeLessThanOrEqual(6);
});

test('three files at once share the window', async ({ page, backend, faults, serve, makeFile }) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 16 * MiB } : undefined;
  const files = await Promise.all(['a', 'b', 'c'].map((name) => makeFile(name, 48 * MiB)));
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.send(...files);
  expect((await uploading.finish()).successful.toSorted()).toEqual(['a', 'b', 'c']);
  const parts = backend.store.journal.requests({ operation: 'UploadPart' });
  const keys = new Set(parts.map((part) => part.key));
  expect(keys.size).toBe(3);
  expect(backend.store.journal.maxInFlight('UploadPart')).toBeLessThanOrEqual(6);
  // Two of the six lanes each, as soon as all three are under way.
  for (const key of keys) {
    const early = parts.slice(0, 12).filter((part) => part.key === key);
    expect(early.length, `of the first 12 parts, those of ${key}`).toBeGreaterThanOrEqual(2);
  }
});
