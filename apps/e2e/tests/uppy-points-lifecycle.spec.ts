/** Points 12 to 14: what people press, and what an app does, touches the files meant and no others. See `support/uppy-points.ts`. */
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { IN_PARTS, refusePart, test } from '../support/uppy-points.ts';

const slow = { kind: 'bandwidth', bytesPerSecond: 4 * MiB } as const;
/** Takes the part's first bytes, and no more. */
const held = { kind: 'stall', afterBytes: 1000 } as const;

// By `upload()`, and of the file itself: portage-s3.test.ts.
test('12 retryAll() leaves a file that is being sent alone', async ({ backend, faults, makeFile, openApp }) => {
  const refused = refusePart(2, 'bad');
  faults.intercept = (request) => refused(request) ?? (request.operation === 'UploadPart' ? slow : undefined);
  const app = await openApp();
  await app.add(await makeFile('bad', 12 * MiB), await makeFile('good', 30 * MiB));
  await app.begin('upload');
  await expect.poll(() => app.errorOf('bad')).toBeDefined();
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
  await app.begin('retryAll');
  await app.outcome();
  await expect.poll(() => backend.store.objects(backend.bucket).length).toBe(2);
  const { journal } = backend.store;
  const ofGood = journal.requests().filter(({ key }) => key?.includes('good'));
  expect(ofGood.filter(({ operation }) => operation === 'CreateMultipartUpload')).toHaveLength(1);
  expect(ofGood.filter(({ operation }) => operation === 'UploadPart')).toHaveLength(6);
});

test('13 a paused file starves no other', async ({ page, backend, faults, makeFile, openApp }) => {
  faults.intercept = ({ operation, key }) => (operation === 'UploadPart' && key?.includes('first') ? slow : undefined);
  const app = await openApp({ ...IN_PARTS, limit: 1 });
  await app.add(await makeFile('first', 22 * MiB), await makeFile('second', 12 * MiB));
  await app.begin('upload');
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), await app.idOf('first'));
  const stored = () => backend.store.objects(backend.bucket).map(({ key }) => key.replace(/^.*-/, ''));
  await expect.poll(stored).toEqual(['second']);
});

test('13 a file that was paused while it waited does not start', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = ({ operation, key }) => (operation === 'UploadPart' && key?.includes('first') ? held : undefined);
  const app = await openApp({ ...IN_PARTS, limit: 1 });
  const { journal } = backend.store;
  await app.add(await makeFile('first', 22 * MiB));
  await app.begin('upload');
  // The one lane is the first file's.
  await expect.poll(() => journal.inFlight('UploadPart')).toBe(1);
  await app.add(await makeFile('second', 12 * MiB));
  await app.begin('upload');
  await expect.poll(() => journal.requests({ operation: 'CreateMultipartUpload', status: 200 }).length).toBe(2);
  await page.evaluate(() => window.harness.uppy.pauseAll());
  await page.evaluate((id) => window.harness.uppy.removeFile(id), await app.idOf('first'));
  // The lane is free now: a third file takes it, and when that is through, the second one had its chance.
  await app.add(await makeFile('third', 12 * MiB));
  await app.begin('upload');
  const stored = () => backend.store.objects(backend.bucket).map(({ key }) => key.replace(/^.*-/, ''));
  await expect.poll(stored).toContain('third');
  expect(stored()).toEqual(['third']);
  const sent = journal.requests({ operation: 'UploadPart' });
  expect(sent.filter(({ key }) => key?.includes('second'))).toEqual([]);
});

test('14 a pause while the upload is being created leaves no orphan', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation, attempt }) =>
    operation === 'CreateMultipartUpload' && attempt === 1 ? { kind: 'slow_response', ms: 1_500 } : undefined;
  const file = await makeFile('film.mp4', 12 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  await expect.poll(() => store.multipartUploads(bucket).length, { intervals: [20] }).toBe(1);
  const id = await app.idOf('film.mp4');
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), id);
  await page.evaluate((id) => window.harness.uppy.pauseResume(id), id);
  expect(await app.outcome()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(store.multipartUploads(bucket)).toEqual([]);
});

test('14 a file that is removed after an error leaves no orphan', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  const { store, bucket } = backend;
  faults.intercept = refusePart(2);
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 12 * MiB));
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  expect(store.multipartUploads(bucket)).toHaveLength(1);
  await page.evaluate((id) => window.harness.uppy.removeFile(id), await app.idOf('film.mp4'));
  await expect.poll(() => store.multipartUploads(bucket)).toEqual([]);
});

test('14 destroy() throws away nothing that can be resumed', async ({ page, backend, faults, makeFile, openApp }) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > 1 ? slow : undefined;
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 22 * MiB));
  await app.begin('upload');
  await store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.destroy());
  await expect.poll(() => store.journal.inFlight()).toBe(0);
  // A call that goes to the same server from the same page, after whatever the plugin had to say.
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }), `${backend.s3Endpoint}/${bucket}/last`);
  expect(store.journal.requests({ operation: 'AbortMultipartUpload' })).toEqual([]);
  expect(store.multipartUploads(bucket)[0]?.parts.length).toBeGreaterThanOrEqual(1);
});

test('14 removePlugin() ends upload()', async ({ page, backend, faults, makeFile, openApp }) => {
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 22 * MiB));
  await app.begin('upload');
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.removePlugin(window.harness.plugin as never));
  await app.outcome();
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
});

test('14 clear() in mid-upload ends upload() in peace', async ({ page, backend, faults, makeFile, openApp }) => {
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 22 * MiB));
  await app.begin('upload');
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.clear());
  expect(await app.outcome()).toEqual({ successful: [], failed: [] });
});

test('14 clear() in mid-upload stops sending and leaves no orphan', async ({
  page,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  const { store, bucket } = backend;
  faults.intercept = ({ operation }) => (operation === 'UploadPart' ? slow : undefined);
  const app = await openApp();
  await app.add(await makeFile('film.mp4', 22 * MiB));
  await app.begin('upload');
  await store.journal.ended({ operation: 'UploadPart' });
  await page.evaluate(() => window.harness.uppy.clear());
  await expect.poll(() => store.journal.inFlight()).toBe(0);
  await expect.poll(() => store.multipartUploads(bucket)).toEqual([]);
  expect(store.objects(bucket)).toEqual([]);
});
