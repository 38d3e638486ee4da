/** What the second look at a file costs, and what follows from it. `npm run bench:second-look -- 1` takes a file of 1 GiB. */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { expect, MiB, storedSha256, type TestFile, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

const GIB = Number(process.env['PORTAGE_SECOND_LOOK'] ?? 1 / 16);

/** Seconds that pass between the response to the last part and the call that makes an object of the parts, and in all. */
async function timesOf(page: Page, backend: Backend, url: string, file: TestFile, secondLook: boolean) {
  const { journal } = backend.store;
  journal.clear();
  const uploading = await openHarness(page, url, portageServer(backend), { secondLook });
  const began = Date.now();
  await uploading.send(file);
  expect((await uploading.finish()).successful).toEqual([file.name]);
  const all = (Date.now() - began) / 1_000;
  const ends = journal.requests({ operation: 'UploadPart' }).map((part) => ('endedAt' in part ? part.endedAt : 0));
  const [complete] = journal.requests({ operation: 'CompleteMultipartUpload' });
  const body = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.response?.body);
  return { look: ((complete?.startedAt ?? 0) - Math.max(...ends)) / 1_000, all, body };
}

test('the second look is told: what it saw, what it costs, and that it was turned off', async ({
  page,
  browserName,
  backend,
  serve,
  makeFile,
}) => {
  test.setTimeout(240_000 + GIB * 240_000);
  const size = Math.round(GIB * 1024) * MiB;
  const file = await makeFile('film.mp4', size);
  const url = await serve('harness');
  const without = await timesOf(page, backend, url, file, false);
  const again = await timesOf(page, backend, url, file, true);
  expect(without.body).toMatchObject({ secondLook: 'none', verifiedBy: 'size' });
  const how = browserName === 'chromium' ? 'samples' : 'whole';
  expect(again.body).toMatchObject({ secondLook: how, verifiedBy: 'CRC64NVME' });
  const seconds = Math.max(0, again.look - without.look);
  const perGiB = seconds / GIB;
  const at = (mbit: number) => ((100 * perGiB) / ((1024 * MiB * 8) / (mbit * 1e6))).toFixed(1);
  console.log(
    `${browserName}, ${GIB} GiB: ${seconds.toFixed(2)} s, ${perGiB.toFixed(2)} s for each GiB; ` +
      `${((100 * seconds) / again.all).toFixed(1)} % of this upload, ${at(100)} % of one at 100 Mbit/s, ${at(20)} % at 20 Mbit/s`,
  );
});

test('a file that changed is sent as it is now at a retry', async ({ page, browserName, backend, faults, serve }) => {
  test.skip(
    browserName !== 'chromium',
    'The files of this test are on a private disk; those of Firefox are gone after a change.',
  );
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 4 * MiB } : undefined;
  await openHarness(page, await serve('harness'), portageServer(backend), { partSize: 5 * MiB, concurrency: 1 });
  await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('film.mp4', { create: true });
    const write = async (letter: string, size: number) => {
      const writable = await handle.createWritable();
      await writable.write(letter.repeat(size));
      await writable.close();
    };
    Object.assign(window, { write });
    await write('a', 12_000_000);
    const data = await handle.getFile();
    window.rememberFileHandle(data, handle);
    const { uppy } = window.harness;
    uppy.addFile({ name: 'film.mp4', type: 'video/mp4', data });
    window.uploading = uppy.upload();
  });
  await backend.store.journal.ended({ operation: 'UploadPart' });
  const code = await page.evaluate(async () => {
    await (window as unknown as { write(letter: string, size: number): Promise<void> }).write('b', 11_000_000);
    await window.uploading;
    const { uppy, plugin } = window.harness;
    return plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error?.code;
  });
  expect(code).toBe('file-changed');
  faults.intercept = () => undefined;
  await page.evaluate(() => window.harness.uppy.retryAll());
  const { createHash } = await import('node:crypto');
  expect(await storedSha256(backend)).toBe(createHash('sha256').update(Buffer.alloc(11_000_000, 'b')).digest('hex'));
  await expect.poll(() => backend.store.multipartUploads(backend.bucket)).toEqual([]);
});
