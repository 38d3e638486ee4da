import { expect, test } from '@portage/testing';

test.use({ site: new URL('./site/', import.meta.url) });

test('an upload survives a cut connection', async ({ page, backend, network, makeFile, store, journal }) => {
  const file = await makeFile(12 * 1024 * 1024);
  network.cut({ operation: 'UploadPart', partNumber: 2, afterBytes: 1024 * 1024 });
  await page.goto(backend.url);
  await page.getByLabel('File').setInputFiles(file.path);
  await expect(page.getByText('Done')).toBeVisible();
  expect(await store.sha256()).toBe(file.sha256);
  expect(journal.resentBytes()).toBe(1024 * 1024);
});
