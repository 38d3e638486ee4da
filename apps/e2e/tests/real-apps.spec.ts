/** The components in apps that have routes, steps, tabs and actions of their own. */
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';

test('coming back to a route sends no file again that the app still holds', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  const files = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => makeFile(`${name}.bin`, 100_000)));
  await page.goto(`${await serve('kit')}#routes`);
  await page.locator('input[type=file]').setInputFiles(files.map(({ path }) => path));
  await expect.poll(() => store.objects(bucket).length).toBe(6);
  await expect(page.getByText('Uploaded', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(6);
  // One more that is new: when it is stored, the others would be too.
  await page.locator('input[type=file]').setInputFiles((await makeFile('new.bin', 100_000)).path);
  await expect.poll(() => store.objects(bucket).some(({ key }) => key.endsWith('new.bin'))).toBe(true);
  expect(store.objects(bucket)).toHaveLength(7);
});

test('what is picked before the code for the app’s own array has come is told to the app', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  let come: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(/controlled-files-[^/]*\.js$/, async (route) => {
    await waiting;
    await route.continue();
  });
  await page.goto(`${await serve('kit')}#routes`);
  await page.locator('input[type=file]').setInputFiles((await makeFile('early.bin', 100_000)).path);
  await expect.poll(() => backend.store.objects(backend.bucket).length).toBe(1);
  come();
  await expect(page.getByLabel('Held')).toHaveText('early.bin');
  await expect(page.getByRole('listitem')).toHaveCount(1);
});

test('the page stays when the code for the app’s own array does not arrive, and it is asked for again', async ({
  page,
  serve,
  makeFile,
}) => {
  let refused = 0;
  await page.route(/controlled-files-[^/]*\.js$/, (route) => {
    refused += 1;
    return refused === 1 ? route.abort() : route.continue();
  });
  await page.goto(`${await serve('kit')}#routes`);
  await expect.poll(() => refused).toBe(1);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles((await makeFile('early.bin', 1000)).path);
  await expect(page.getByLabel('Held')).toHaveText('early.bin');
});

test('the last step of a wizard sends the keys of what was stored in an earlier one', async ({
  page,
  backend,
  serve,
  makeFile,
}) => {
  const { store, bucket } = backend;
  await page.goto(`${await serve('kit')}#wizard`);
  const files = await Promise.all(['a', 'b'].map((name) => makeFile(`${name}.bin`, 100_000)));
  await page.locator('input[type=file]').setInputFiles(files.map(({ path }) => path));
  await expect.poll(() => store.objects(bucket).length).toBe(2);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  const keys = store.objects(bucket).map(({ key }) => key);
  await expect
    .poll(async () => (await page.getByLabel('Sent').textContent())?.split(', ').sort())
    .toEqual(keys.toSorted());
});

for (const form of ['HookForm', 'TanStackForm', 'ActionForm']) {
  test(`the guide's ${form}, as printed: what was sent leaves the list, a removed file leaves the value`, async ({
    page,
    backend,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    const keyOf = (name: string) => store.objects(bucket).find(({ key }) => key.endsWith(name))?.key ?? name;
    await page.goto(`${await serve('kit')}#printed/${form}`);
    const input = page.locator('input[type=file]');
    const saved = page.getByRole('list', { name: 'Saved' }).getByRole('listitem');
    await page.getByLabel('Title').fill('One');
    const files = await Promise.all(['a.bin', 'b.bin'].map((name) => makeFile(name, 1000)));
    await input.setInputFiles(files.map(({ path }) => path));
    await expect.poll(() => store.objects(bucket).length).toBe(2);
    await page.getByRole('button', { name: /^Remove.*a\.bin/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(saved).toHaveText([`One: ${keyOf('b.bin')}`]);
    await expect(page.getByText('b.bin', { exact: true })).toHaveCount(0);

    await page.getByLabel('Title').fill('Two');
    await input.setInputFiles((await makeFile('c.bin', 1000)).path);
    // Held back until it is stored.
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(saved).toHaveCount(2);
    await expect(saved.last()).toHaveText(`Two: ${keyOf('c.bin')}`);
  });
}

test('uploads go on in a tab that React hides, and their rows are there when it is shown', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 8 * MiB } : undefined;
  const file = await makeFile('film.mp4', 24 * MiB);
  await page.goto(`${await serve('kit')}#hidden`);
  await page.locator('input[type=file]').setInputFiles(file.path);
  await expect.poll(() => backend.store.journal.requests({ operation: 'UploadPart' }).length).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Other tab' }).click();
  await expect(page.getByText('film.mp4', { exact: true })).toBeHidden();
  await expect(page.getByLabel('Stored'), 'the app hears of it while it is hidden').toHaveText('1');
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await page.getByRole('button', { name: 'Other tab' }).click();
  await expect(page.getByText('film.mp4', { exact: true })).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveAttribute('data-status', 'complete');
});

test('an upload goes on while its dialog is closed, with the provider outside as the guide prints it', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 8 * MiB } : undefined;
  const file = await makeFile('film.mp4', 24 * MiB);
  await page.goto(`${await serve('kit')}#printed/AttachDialog`);
  await page.locator('input[type=file]').setInputFiles(file.path);
  await expect.poll(() => backend.store.journal.requests({ operation: 'UploadPart' }).length).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => backend.store.objects(backend.bucket).length).toBe(1);
  expect(await storedSha256(backend)).toBe(await file.sha256());
  await page.getByRole('button', { name: 'Attach files' }).click();
  await expect(page.getByRole('listitem')).toHaveAttribute('data-status', 'complete');
});
