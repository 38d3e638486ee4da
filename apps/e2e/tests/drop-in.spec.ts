import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, uppySigner } from '../support/harness.ts';

// One line is changed: `uppy.use(AwsS3, …)` becomes `uppy.use(PortageS3, …)`, with the same options.
for (const plugin of ['AwsS3', 'PortageS3'] as const) {
  test.describe(`an existing Uppy app on ${plugin}`, () => {
    for (const [kind, options] of [
      ['one request', { shouldUseMultipart: false }],
      ['parts', { shouldUseMultipart: true, chunkSize: 5 * MiB }],
    ] as const) {
      test(`uploads in ${kind} with its own signRequest`, async ({ page, backend, serve, makeFile }) => {
        const file = await makeFile('film é.mp4', 22 * MiB);
        const harness = await serve('harness');
        const uploading = await openHarness(page, harness, uppySigner(backend), options, plugin);
        await uploading.add(file);
        await uploading.start();
        expect(await uploading.finish()).toEqual({ successful: [file.name], failed: [] });
        expect(await storedSha256(backend)).toBe(await file.sha256());
        const response = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.response);
        const [object] = backend.store.objects(backend.bucket);
        expect(response).toMatchObject({ status: 200, body: { key: object?.key } });
        expect(object?.key).toContain(file.name);
        expect(object?.headers['content-type']).toBe('video/mp4');
        const parts = (await uploading.events()).filter((event) => event.startsWith('s3-multipart:part-uploaded'));
        expect(parts).toHaveLength(kind === 'parts' ? 5 : 0);
      });
    }

    test('uploads with its own temporary credentials', async ({ page, backend, serve, makeFile }) => {
      const { s3Endpoint, bucket, accessKeyId, secretAccessKey } = backend;
      const file = await makeFile('a (1)+&=?.bin', 12 * MiB);
      const setup = { s3Endpoint: `${s3Endpoint}/${bucket}`, accessKeyId, secretAccessKey };
      const options = { shouldUseMultipart: true };
      const uploading = await openHarness(page, await serve('harness'), setup, options, plugin);
      await uploading.add(file);
      await uploading.start();
      expect(await uploading.finish()).toEqual({ successful: [file.name], failed: [] });
      expect(await storedSha256(backend)).toBe(await file.sha256());
    });
  });
}

test("`engine: 'uppy'` hands the files to @uppy/aws-s3", async ({ page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 22 * MiB);
  const options = { engine: 'uppy', shouldUseMultipart: true, chunkSize: 5 * MiB };
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend), options);
  await uploading.add(file);
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(await storedSha256(backend)).toBe(await file.sha256());
  // What shows that it is theirs: one part at a time.
  expect(backend.store.journal.maxInFlight('UploadPart')).toBe(1);
});

test('a signRequest that throws fails the file with its words, after some patience', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend));
  await page.route('**/api/sign', (route) => route.fulfill({ body: 'not JSON' }));
  await page.clock.install();
  await uploading.add(await makeFile('film.mp4', MiB));
  await uploading.start();
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000);
      return (await uploading.snapshots())['film.mp4']?.status;
    })
    .toBe('failed');
  const error = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.error);
  expect(error).toMatch(/could not prepare the upload: .*JSON/);
});
