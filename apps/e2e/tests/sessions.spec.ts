/** People's sessions end, and other people sign in: what is stored is kept for whoever it belongs to. */
import type { Page, Route } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { expect, expectStored, MiB, storedSha256, type TestFile, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer, type Uploading } from '../support/harness.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

const world = { signedOut: (_request: Request): boolean => false };

test.use({
  backendOptions: {
    routes: {
      files: {
        authorize: (request) =>
          world.signedOut(request) ? null : { userId: request.headers.get('x-user') ?? 'somebody' },
      },
    },
  },
});
test.beforeEach(() => {
  world.signedOut = () => false;
});

const unfinished = (page: Page) =>
  page.evaluate(async () => (await window.harness.plugin.unfinished.list()).map(({ name }) => name));
const isComplete = ({ url }: { url: string } | Request) => url.endsWith('/complete');

const PAGE = { contentType: 'text/html', body: '<h1>Log in</h1>' };
/** What may stand where the response of the upload server is expected, by the address of the page. */
const SIGNED_OUT: Record<string, ((url: URL) => Parameters<Route['fulfill']>[0]) | undefined> = {
  "the server's own 401": undefined,
  'a 401 page in front of the server': () => ({ status: 401, ...PAGE }),
  'a 403 page in front of the server': () => ({ status: 403, ...PAGE }),
  'a redirect to a page to sign in': ({ origin }) => ({ status: 302, headers: { location: origin } }),
  'a redirect to a page of another origin': ({ port }) => ({
    status: 307,
    headers: { location: `http://localhost:${port}/` },
  }),
};

for (const [what, answerTo] of Object.entries(SIGNED_OUT)) {
  test(`${what} after all is stored: retry sends nothing again`, async ({ page, backend, serve, makeFile }) => {
    const { store, bucket } = backend;
    const film = await makeFile('film.mp4', 4 * PART);
    const note = await makeFile('note.txt', 100);
    let isOut = true;
    if (answerTo === undefined) world.signedOut = (request) => isOut && isComplete(request);
    else
      await page.route('**/complete', (route) =>
        isOut ? route.fulfill(answerTo(new URL(page.url()))) : route.continue(),
      );
    const uploading = await openHarness(page, await serve('harness'), { endpoint: '/api/uploads' }, OPTIONS);
    await uploading.send(film, note);
    expect(await uploading.finish()).toEqual({ successful: [], failed: ['film.mp4', 'note.txt'] });
    const error = await page.evaluate(() => {
      const { uppy, plugin } = window.harness;
      const error = plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error;
      return error && { code: error.code, retryable: error.retryable, hint: error.hint };
    });
    expect(error).toMatchObject({ code: 'unauthorized', retryable: true, hint: expect.stringContaining('Sign in') });
    expect(store.multipartUploads(bucket)).toHaveLength(2);

    isOut = false;
    await page.evaluate(() => window.harness.uppy.retryAll());
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4', 'note.txt'], failed: [] });
    await expectStored(backend, [film, note]);
    expect(store.journal.requests({ operation: 'UploadPart' })).toHaveLength(4 + 1);
  });
}

test('the same file picked again after its session has ended goes on, and no part is given away', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const { journal } = backend.store;
  const file = await makeFile('film.mp4', 24 * MiB);
  let isOut = true;
  world.signedOut = (request) => isOut && isComplete(request);
  await page.goto(await serve('kit'));
  const input = page.locator('input[type=file]');
  await input.setInputFiles(file.path);
  await expect(page.getByText('You may not upload here').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retry/ })).toBeVisible();
  const parts = journal.requests({ operation: 'UploadPart' }).length;

  isOut = false;
  await input.setInputFiles(file.path);
  await journal.ended({ operation: 'CompleteMultipartUpload' });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  expect(journal.requests({ operation: 'UploadPart' })).toHaveLength(parts);
  expect(journal.requests({ operation: 'AbortMultipartUpload' })).toEqual([]);
});

test('fresh headers are asked for where a token is over, and nobody notices', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const valid = new Set(['token 1']);
  world.signedOut = (request) => !valid.has(request.headers.get('authorization') ?? '');
  const file = await makeFile('film.mp4', 4 * PART);
  const uploading = await openHarness(page, await serve('harness'), { endpoint: '/api/uploads' }, OPTIONS);
  // The session ends when every byte is stored; the app learns of a new token when it looks for one.
  await page.route('**/complete', (route) => {
    valid.clear();
    valid.add('token 2');
    return route.continue();
  });
  await page.evaluate(() => {
    let asked = 0;
    const headers = () => ({ authorization: ++asked > 2 ? 'token 2' : 'token 1' });
    window.harness.plugin.setOptions({ headers } as never);
  });
  await expectArrives(backend, uploading, file);
});

/** Users of one browser, each interrupted after two parts of the same file. */
function browserOf(page: Page, backend: Backend, faults: { intercept: Intercept }, url: string, file: TestFile) {
  const { journal } = backend.store;
  let arriving = 2;
  faults.intercept = ({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' && partNumber > arriving ? { kind: 'bandwidth', bytesPerSecond: 1024 } : undefined;
  return {
    open: (user: string, options: object = {}) =>
      openHarness(page, url, portageServer(backend), { ...OPTIONS, headers: { 'x-user': user }, ...options }),
    begin: async (uploading: Uploading) => {
      await uploading.send(file);
    },
    created: () => journal.requests({ operation: 'CreateMultipartUpload', status: 200 }).length,
    stored: () => journal.requests({ operation: 'UploadPart', status: 200 }).length,
    arrive: () => {
      arriving = Number.POSITIVE_INFINITY;
    },
  };
}

test('another user who picks the same file begins an upload of their own, and the first one goes on later', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const file = await makeFile('film.mp4', 6 * PART);
  const { open, begin, created, stored, arrive } = browserOf(page, backend, faults, await serve('harness'), file);
  await begin(await open('ann'));
  await expect.poll(stored).toBe(2);
  await begin(await open('bob'));
  await expect.poll(created).toBe(2);
  await expect.poll(stored).toBe(4);
  arrive();
  const back = await open('ann');
  await begin(back);
  expect(await back.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(created(), "Ann's went on").toBe(2);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('with `user` told, nobody is offered what another left', async ({ page, backend, faults, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 6 * PART);
  const { open, begin, created, stored, arrive } = browserOf(page, backend, faults, await serve('harness'), file);
  await begin(await open('ann', { user: 'ann' }));
  await expect.poll(stored).toBe(2);
  await open('bob', { user: 'bob' });
  expect(await unfinished(page)).toEqual([]);
  await page.evaluate(() => window.harness.plugin.setOptions({ user: 'ann' }));
  await expect.poll(() => unfinished(page)).toEqual(['film.mp4']);
  arrive();
  const back = await open('ann', { user: 'ann' });
  await begin(back);
  expect(await back.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(created()).toBe(1);
});
