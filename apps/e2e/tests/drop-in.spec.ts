import { expect, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, uppySigner } from '../support/harness.ts';

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
        await expectArrives(backend, uploading, file);
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
      await expectArrives(backend, uploading, file);
    });
  });
}

test("`engine: 'uppy'` hands the files to @uppy/aws-s3", async ({ page, backend, serve, makeFile }) => {
  const file = await makeFile('film.mp4', 22 * MiB);
  const options = { engine: 'uppy', shouldUseMultipart: true, chunkSize: 5 * MiB };
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend), options);
  await expectArrives(backend, uploading, file);
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
  await uploading.send(await makeFile('film.mp4', MiB));
  await expect
    .poll(async () => {
      await page.clock.runFor(5_000);
      return (await uploading.snapshots())['film.mp4']?.status;
    })
    .toBe('failed');
  const error = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.error);
  expect(error).toMatch(/could not prepare the upload: .*JSON/);
});

test('a signRequest that lets nothing be overwritten: an object in the way is told, but for the own one', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  await page.route('**/api/sign', async (route) => {
    const request: object = route.request().postDataJSON();
    const answer = await route.fetch({ postData: { ...request, key: 'note.txt' } });
    await route.fulfill({ json: { ...(await answer.json()), headers: { 'If-None-Match': '*' } } });
  });
  const harness = await serve('harness');
  const upload = async (name: string) => {
    const file = await makeFile(name, 100_000);
    const uploading = await openHarness(page, harness, uppySigner(backend));
    await uploading.send(file);
    return { file, ended: await uploading.finish() };
  };
  // The store takes it, and the page does not hear of it.
  faults.intercept = ({ operation, attempt }) =>
    operation === 'PutObject' && attempt === 1 ? { kind: 'lost_reply' } : undefined;
  const first = await upload('first.txt');
  expect(first.ended).toEqual({ successful: ['first.txt'], failed: [] });
  expect(store.journal.requests({ operation: 'PutObject', status: 412 })).toHaveLength(1);

  expect((await upload('second.txt')).ended).toEqual({ successful: [], failed: ['second.txt'] });
  await page.evaluate(() => window.harness.uppy.retryAll());
  const error = await page.evaluate(() => window.harness.uppy.getFiles()[0]?.error);
  expect(error).toContain('PreconditionFailed');
  expect(await store.sha256(bucket, 'note.txt')).toBe(await first.file.sha256());
});
