/** The demo as a person uses it. */
import { expect, MiB, test } from '../support/fixtures.ts';

test('a picked file climbs, is listed, and is verified as identical', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 8 * MiB } : undefined;
  const file = await makeFile('holiday film.mp4', 64 * MiB);
  await page.goto(await serve('demo'));
  await page.locator('input[type=file]').setInputFiles(file.path);
  const bar = page.getByRole('progressbar', { name: 'Progress of holiday film.mp4' });
  await expect(bar).toBeVisible();
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
  await expect(page.getByText(/MB\/s/).first()).toBeVisible();
  faults.intercept = () => undefined;
  await expect(page.getByRole('listitem').filter({ hasText: 'Uploaded' })).toBeVisible();
  await page.getByRole('button', { name: 'Verify holiday film.mp4' }).click();
  await expect(page.getByText(/identical/i).first()).toBeVisible();
  expect(await backend.store.sha256(backend.bucket, backend.store.objects(backend.bucket)[0]?.key ?? '')).toBe(
    await file.sha256(),
  );
});

test('a file can be paused, resumed, canceled and retried by keyboard alone', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ operation }) =>
    operation === 'UploadPart' ? { kind: 'bandwidth', bytesPerSecond: 2 * MiB } : undefined;
  const file = await makeFile('film.mp4', 48 * MiB);
  await page.goto(await serve('demo'));
  await page.locator('input[type=file]').setInputFiles(file.path);
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Pause film.mp4');
  await expect(page.locator('li[data-status=paused]')).toBeVisible();
  await expect.poll(() => backend.store.journal.inFlight()).toBe(0);
  faults.intercept = ({ operation, partNumber }) =>
    operation === 'UploadPart' && partNumber === 2 ? { kind: 'error', status: 400, code: 'InvalidRequest' } : undefined;
  await press('Resume film.mp4');
  await expect(page.locator('li[data-status=failed]')).toContainText('The storage refused the upload');
  await expect(page.locator('li[data-status=failed]')).toContainText('tell the owner of this page');
  faults.intercept = () => undefined;
  await press('Retry film.mp4');
  await expect(page.locator('li[data-status=complete]')).toBeVisible();
  await press('Remove film.mp4 from the list');
  await expect(page.getByRole('progressbar', { name: 'Progress of film.mp4' })).toHaveCount(0);
  expect(backend.store.objects(backend.bucket)).toHaveLength(1);
});

test('files are dropped and every one of them arrives', async ({ page, backend, serve }) => {
  await page.goto(await serve('demo'));
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    for (const name of ['a.txt', 'b.txt', 'c.txt']) data.items.add(new File([name.repeat(100)], name));
    return data;
  });
  const zone = page.getByText('Drop files or folders here');
  for (const type of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(type, { dataTransfer: transfer });
  await expect(page.locator('li[data-status=complete]')).toHaveCount(3);
  expect(backend.store.objects(backend.bucket)).toHaveLength(3);
});
