/** Some of the bad days of `tests/bad-days.spec.ts`, in WebKit: the store does what there the network does. */
import type { UploadEnd } from '../harness/one-upload.ts';
import { startCallGate } from '../support/call-faults.ts';
import { test as base, expect, MiB } from '../support/fixtures.ts';
import { portageServer } from '../support/harness.ts';
import { startWebKit, type WebKit, whyNot } from './webdriver.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

const test = base.extend<{ webkit: WebKit }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  webkit: async ({}, use) => {
    const webkit = await startWebKit();
    await use(webkit);
    await webkit.close();
  },
});

const reason = whyNot();
test.skip(reason !== undefined, reason ?? '');

const upload = (webkit: WebKit, setup: object, size = 22 * MiB): Promise<UploadEnd> =>
  webkit.run('return window.runUpload(args[0])', {
    ...{ name: 'film.mp4', size, setup, options: OPTIONS },
  });

test('a good day', async ({ webkit, backend, serve }) => {
  await webkit.open(await serve('harness'));
  const { end, sha256, key = '' } = await upload(webkit, portageServer(backend));
  expect(end).toBe('complete');
  expect(await backend.store.sha256(backend.bucket, key)).toBe(sha256);
});

test('connections that are reset', async ({ webkit, backend, faults, serve }) => {
  faults.intercept = ({ operation, partNumber = 0, attempt }) =>
    operation === 'UploadPart' && partNumber % 2 === 1 && attempt <= 3
      ? { kind: 'reset_peer', afterBytes: MiB }
      : undefined;
  await webkit.open(await serve('harness'));
  const { end, sha256, key = '', wentBack } = await upload(webkit, portageServer(backend));
  expect(end).toBe('complete');
  expect(wentBack).toBe(false);
  expect(await backend.store.sha256(backend.bucket, key)).toBe(sha256);
});

test('a store that falls silent', async ({ webkit, backend, faults, serve }) => {
  faults.intercept = ({ operation, partNumber, attempt }) =>
    operation === 'UploadPart' && partNumber === 3 && attempt === 1 ? { kind: 'stall' } : undefined;
  await webkit.open(await serve('harness'));
  const { end, sha256, key = '' } = await upload(webkit, portageServer(backend));
  expect(end).toBe('complete');
  expect(await backend.store.sha256(backend.bucket, key)).toBe(sha256);
});

test('a store that asks for less', async ({ webkit, backend, faults, serve }) => {
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt <= 2 ? { kind: 'error', status: 503, code: 'SlowDown' } : undefined;
  await webkit.open(await serve('harness'));
  const { end, sha256, key = '' } = await upload(webkit, portageServer(backend));
  expect(end).toBe('complete');
  expect(await backend.store.sha256(backend.bucket, key)).toBe(sha256);
});

test('the reply to Complete is lost', async ({ webkit, backend, serve }) => {
  let lost = 0;
  const gate = await startCallGate(backend.apiUrl, ({ operation }) => {
    if (operation !== 'complete' || lost >= 2) return undefined;
    lost += 1;
    return { kind: 'lost-reply' };
  });
  await webkit.open(await serve('harness'));
  const { end, sha256, key = '' } = await upload(webkit, { endpoint: `${gate.url}/api/uploads` });
  expect(end).toBe('complete');
  expect(lost).toBe(2);
  expect(await backend.store.sha256(backend.bucket, key)).toBe(sha256);
  await gate.close();
});

test('a reload in mid-upload: the same file goes on', async ({ webkit, backend, faults, serve, makeFile }) => {
  const { store, bucket } = backend;
  const file = await makeFile('film.mp4', 60 * MiB);
  const url = await serve('harness');
  const begin = async () => {
    await webkit.open(url);
    await webkit.run('window.setUp(...args)', portageServer(backend), OPTIONS);
    await webkit.pick(file.path);
    await expect.poll(() => webkit.run<number>('return window.harness.uppy.getFiles().length')).toBe(1);
  };
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 3 * MiB });
  await begin();
  await webkit.run('window.harness.uppy.upload()');
  await expect
    .poll(() => store.journal.requests({ operation: 'UploadPart', status: 200 }).length)
    .toBeGreaterThanOrEqual(3);
  await begin();
  faults.intercept = () => undefined;
  await webkit.run('await window.harness.uppy.upload()');
  const [object] = store.objects(bucket);
  expect(await store.sha256(bucket, object?.key ?? '')).toBe(await file.sha256());
  expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
  expect(store.journal.resentBytes({ operation: 'UploadPart' })).toBeLessThanOrEqual(6 * PART);
});
