/** Options may change while uploads are under way: somebody signs in again, a token is replaced. */
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness } from '../support/harness.ts';

const PART = 5 * MiB;

test('new headers go with the calls from then on, of uploads under way too', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 8 * MiB } : undefined;
  const said: string[] = [];
  await page.route('**/api/uploads/files/*', (route) => {
    const { pathname } = new URL(route.request().url());
    said.push(`${pathname.split('/').at(-1)} ${route.request().headers()['authorization']}`);
    return route.continue();
  });
  const file = await makeFile('film.mp4', 8 * PART);
  const setup = { endpoint: '/api/uploads', headers: { Authorization: 'first' } };
  const uploading = await openHarness(page, await serve('harness'), setup, { partSize: PART });
  await uploading.send(file);
  await expect.poll(() => backend.store.journal.requests({ operation: 'UploadPart' }).length).toBeGreaterThan(0);
  await page.evaluate(() => window.harness.plugin.setOptions({ headers: { Authorization: 'second' } } as never));
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(said.at(0)).toBe('create first');
  expect(said.at(-1)).toBe('complete second');
});

test('options of the wrong kind are refused, and nothing changes', async ({ page, backend, serve, makeFile }) => {
  const uploading = await openHarness(page, await serve('harness'), { endpoint: backend.uploadsUrl });
  const refusal = await page.evaluate(() => {
    try {
      window.harness.plugin.setOptions({ partSize: -1 } as never);
      return 'none';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refusal).toBe('TypeError');
  const file = await makeFile('note.txt', MiB);
  await uploading.send(file);
  expect(await uploading.finish()).toEqual({ successful: ['note.txt'], failed: [] });
});

test('a bandwidth limit is lifted while parts wait for it', async ({ page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 4 * PART);
  // A part in two months: without another limit it never ends.
  const options = { partSize: PART, bandwidthLimit: 1 };
  const uploading = await openHarness(page, await serve('harness'), { endpoint: '/api/uploads' }, options);
  await uploading.send(file);
  const stored = () => backend.store.journal.requests({ operation: 'UploadPart' });
  await expect.poll(() => stored().length).toBe(1);
  await page.evaluate(() => window.harness.plugin.setOptions({ bandwidthLimit: undefined }));
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});
