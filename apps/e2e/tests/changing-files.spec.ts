/** Files that change on the disk while they are uploaded: in each browser, and whoever reads them. */
import { rm, truncate } from 'node:fs/promises';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

/** What the person is told of the one file. */
const codeOf = (page: import('@playwright/test').Page) =>
  page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    return plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error?.code;
  });

/** Firefox waits for ever for bytes that a file no longer has. */
for (const [what, shorten] of [
  ['deleted', (path: string) => rm(path)],
  ['cut short', (path: string) => truncate(path, 100_000)],
] as const) {
  for (const [how, size] of [
    ['in one request', 6 * MiB],
    ['in parts', 24 * MiB],
  ] as const) {
    for (const when of ['before the start', 'while it is sent'] as const) {
      test(`a file that is ${what} ${when}, ${how}, ends soon and with words`, async ({
        page,
        backend,
        faults,
        serve,
        makeFile,
      }) => {
        faults.intercept = ({ operation }) =>
          operation === 'PutObject' || operation === 'UploadPart'
            ? { kind: 'bandwidth', bytesPerSecond: 2 * MiB }
            : undefined;
        const file = await makeFile('film.mp4', size);
        const picked = await file.sha256();
        const uploading = await openHarness(page, await serve('harness'), portageServer(backend), {
          partSize: 5 * MiB,
        });
        await uploading.add(file);
        if (when === 'before the start') await shorten(file.path);
        await uploading.start();
        if (when === 'while it is sent') {
          await expect
            .poll(async () => (await uploading.snapshots())['film.mp4']?.progress.loaded)
            .toBeGreaterThan(MiB);
          await shorten(file.path);
        }
        const began = Date.now();
        const { successful } = await uploading.finish();
        expect(Date.now() - began).toBeLessThan(20_000);
        if (successful.length > 0) {
          // A file that is open can be read to its end after its deletion, on some systems.
          expect([what, when]).toEqual(['deleted', 'while it is sent']);
          expect(await storedSha256(backend)).toBe(picked);
          return;
        }
        expect(await codeOf(page)).toMatch(/^file-/);
        expect(backend.store.objects(backend.bucket)).toEqual([]);
      });
    }
  }
}
