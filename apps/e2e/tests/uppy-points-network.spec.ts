/** Points 6 to 11: no weather of a network loses a file or hangs it. See `support/uppy-points.ts`. */
import { expect, MiB, storedSha256 } from '../support/fixtures.ts';
import { IN_PARTS, ownServer, refusePart, test } from '../support/uppy-points.ts';

const SUCCESS = { successful: ['film.mp4'], failed: [] };
const reset = { kind: 'reset_peer' } as const;

test('6 an outage of five seconds is outlived', async ({ backend, faults, makeFile, openApp }) => {
  const file = await makeFile('film.mp4', 30 * MiB);
  const app = await openApp();
  await app.add(file);
  let backAt = Number.POSITIVE_INFINITY;
  faults.intercept = ({ operation, partNumber }) => {
    if (operation === 'UploadPart' && partNumber === 2) backAt = Math.min(backAt, Date.now() + 5_000);
    return backAt < Number.POSITIVE_INFINITY && Date.now() < backAt ? reset : undefined;
  };
  await app.begin('upload');
  expect(await app.outcome(40_000)).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test.describe('with a store whose Retry-After can be read', () => {
  test.use({ backendOptions: { s3: { cors: { exposedHeaders: ['ETag', 'Retry-After'] } } } });

  test('6 a store that asks for a pause gets it', async ({ backend, faults, makeFile, openApp }) => {
    const slowDown = { kind: 'error', status: 503, code: 'SlowDown', headers: { 'retry-after': '3' } } as const;
    faults.intercept = ({ operation, partNumber, attempt }) =>
      operation === 'UploadPart' && partNumber === 2 && attempt === 1 ? slowDown : undefined;
    const file = await makeFile('film.mp4', 12 * MiB);
    const app = await openApp();
    await app.add(file);
    await app.begin('upload');
    expect(await app.outcome()).toEqual(SUCCESS);
    expect(await storedSha256(backend)).toBe(await file.sha256());
    const [first, second] = backend.store.journal.requests({ operation: 'UploadPart', partNumber: 2 });
    expect((second?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(3_000);
  });
});

test('7 signing is tried again', async ({ page, backend, makeFile, openApp }) => {
  let calls = 0;
  await page.route('**/api/sign', (route) => {
    calls += 1;
    return calls % 2 === 1 ? route.abort('connectionreset') : route.continue();
  });
  const file = await makeFile('film.mp4', 12 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

for (const [what, fault] of [
  [
    'an expired URL is signed again',
    { kind: 'error', status: 403, code: 'AccessDenied', message: 'Request has expired' },
  ],
  ["S3's passing 400 RequestTimeout is tried again", { kind: 'error', status: 400, code: 'RequestTimeout' }],
] as const) {
  test(`7 ${what}`, async ({ backend, faults, makeFile, openApp }) => {
    faults.intercept = ({ operation, partNumber, attempt }) =>
      operation === 'UploadPart' && partNumber === 2 && attempt === 1 ? fault : undefined;
    const file = await makeFile('film.mp4', 12 * MiB);
    const app = await openApp();
    await app.add(file);
    await app.begin('upload');
    expect(await app.outcome()).toEqual(SUCCESS);
    expect(await storedSha256(backend)).toBe(await file.sha256());
  });
}

// Batches need Portage's server: Uppy's `signRequest` is asked for one request at a time.
test('7 many parts are signed by few calls', async ({ page, backend, makeFile, openApp }) => {
  const calls: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith('/api/')) calls.push(request.url());
  });
  const file = await makeFile('film.mp4', 60 * MiB);
  const app = await openApp(IN_PARTS, ownServer(backend));
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  // Twelve parts: one call to create the upload, which signs them all, and one to complete it.
  expect(calls.length).toBeLessThanOrEqual(3);
});

test('8 a file that is being sent when the network goes goes on when it comes back', async ({
  context,
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: 4 * MiB });
  const file = await makeFile('film.mp4', 30 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  await backend.store.journal.ended({ operation: 'UploadPart' });
  await context.setOffline(true);
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
  faults.intercept = () => undefined;
  await context.setOffline(false);
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('9 a store that falls silent hangs nothing', async ({ backend, faults, makeFile, openApp }) => {
  // By the eighth part the pace of the link is known, so silence is noticed soon.
  faults.intercept = ({ operation, partNumber, attempt }) =>
    operation === 'UploadPart' && partNumber === 8 && attempt === 1 ? { kind: 'stall' } : undefined;
  const file = await makeFile('film.mp4', 45 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome(50_000)).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

for (const [what, answer] of [
  ['an address that no browser takes', { url: 'http://[' }],
  ['a header that no browser takes', { url: 'http://127.0.0.1:1/', headers: { 'x-amz-meta-name': 'Größe ✓' } }],
] as const) {
  test(`10 a signer that once gives ${what} hangs nothing`, async ({ page, backend, makeFile, openApp }) => {
    let spoilt = false;
    await page.route('**/api/sign', (route) => {
      if (spoilt || route.request().postDataJSON().partNumber !== 2) return route.continue();
      spoilt = true;
      return route.fulfill({ json: answer });
    });
    const file = await makeFile('film.mp4', 12 * MiB);
    const app = await openApp();
    await app.add(file);
    await app.begin('upload');
    expect(await app.outcome()).toEqual(SUCCESS);
    expect(await storedSha256(backend)).toBe(await file.sha256());
  });
}

test('10 a signer whose own request is aborted hangs nothing', async ({ page, backend, makeFile, openApp }) => {
  const file = await makeFile('film.mp4', 12 * MiB);
  const app = await openApp();
  await page.evaluate(() => {
    const { fetch } = window;
    let aborted = false;
    window.fetch = async (input, init) => {
      const isSigning = String(input).includes('/api/sign') && String(init?.body).includes('"partNumber":2');
      if (!isSigning || aborted) return fetch(input, init);
      aborted = true;
      throw new DOMException('The user aborted a request.', 'AbortError');
    };
  });
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('11 a file whose upload the store has forgotten is sent anew', async ({ backend, faults, makeFile, openApp }) => {
  faults.intercept = refusePart(3);
  const file = await makeFile('film.mp4', 22 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual({ successful: [], failed: ['film.mp4'] });
  // The bucket's lifecycle rule has cleared it away.
  const [forgotten] = backend.store.multipartUploads(backend.bucket);
  faults.intercept = ({ uploadId }) =>
    uploadId === forgotten?.uploadId ? { kind: 'error', status: 404, code: 'NoSuchUpload' } : undefined;
  await app.begin('retryAll');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

// Whether the object is there can only be asked by Portage's server: Uppy's `signRequest` cannot sign a HEAD.
test('11 a lost reply to Complete is no loss, at a store that does not repeat itself', async ({
  backend,
  faults,
  makeFile,
  openApp,
}) => {
  faults.intercept = ({ operation, attempt }) => {
    if (operation !== 'CompleteMultipartUpload') return undefined;
    if (attempt === 1) return { kind: 'lost_reply' };
    return { kind: 'error', status: 404, code: 'NoSuchUpload' };
  };
  const file = await makeFile('film.mp4', 12 * MiB);
  const app = await openApp(IN_PARTS, ownServer(backend));
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(backend.store.journal.requests({ operation: 'UploadPart' })).toHaveLength(3);
});

test('11 an error inside of a 200 to Complete is tried again', async ({ backend, faults, makeFile, openApp }) => {
  faults.intercept = ({ operation, attempt }) =>
    operation === 'CompleteMultipartUpload' && attempt === 1 ? { kind: 'complete_200_error' } : undefined;
  const file = await makeFile('film.mp4', 12 * MiB);
  const app = await openApp();
  await app.add(file);
  await app.begin('upload');
  expect(await app.outcome()).toEqual(SUCCESS);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});
