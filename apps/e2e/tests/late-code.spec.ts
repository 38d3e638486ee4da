/** Code that is loaded when it is needed may not arrive: on the very networks that uploads have to survive. */
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';

test('without the code for resuming an upload goes on, and cannot be resumed', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  await page.route(/\/resume-[^/]*\.js$/, (route) => route.abort());
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.add(file);
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('the code for what follows a failure is asked for again until it is there', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  let refused = 0;
  await page.route(/\/failures-[^/]*\.js$/, (route) => {
    if (refused >= 2) return route.continue();
    refused += 1;
    return route.abort();
  });
  faults.intercept = ({ operation, attempt }) =>
    operation === 'UploadPart' && attempt === 1 ? { kind: 'error', status: 503, code: 'SlowDown' } : undefined;
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await uploading.add(file);
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBe(2);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});

test('the code for signing in the page is asked for again until it is there', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  let refused = 0;
  await page.route(/\/direct-backend-[^/]*\.js$/, (route) => {
    if (refused >= 2) return route.continue();
    refused += 1;
    return route.abort();
  });
  const file = await makeFile('film.mp4', 24 * MiB);
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend));
  await uploading.add(file);
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(refused).toBe(2);
  expect(await storedSha256(backend)).toBe(await file.sha256());
});
