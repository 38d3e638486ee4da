/** The demo as a person uses it. */
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createSample } from '../../demo/src/sample.ts';
import { expect, MiB, sha256, test } from '../support/fixtures.ts';

/** The first one is the sample's. */
const filesInput = (page: Page) => page.locator('input[type=file]').last();

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
  await filesInput(page).setInputFiles(file.path);
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
  await filesInput(page).setInputFiles(file.path);
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
  await expect(page.locator('li[data-status=failed]')).toContainText('The storage refused it');
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

test.describe('a sample whose data center is dead', () => {
  // Until the test is over: a busy machine may need longer to see it than the demo's outages last.
  test.use({ backendOptions: { outageSeconds: 60, sampleSpeed: 8_000_000, regions: true } });

  test('goes on in the other data center when its own is killed, and arrives there as it was', async ({
    page,
    backend,
    serve,
  }) => {
    await page.goto(`${await serve('demo')}?mb=40`);
    await page.getByRole('button', { name: 'Send a 40 MB sample' }).click();
    await expect(page.getByText(/^[1-9]\d* of 8 parts stored/)).toBeVisible();
    await page.getByRole('button', { name: 'Kill the data center', exact: true }).click();
    await expect(page.getByText(/Broken for/)).toBeVisible();
    await expect(fetch(backend.s3Endpoint), 'the store of the sample').rejects.toThrow('fetch failed');
    const said = page.getByRole('alert').filter({ hasText: 'Switched to another data center' });
    await expect(said).toBeVisible();
    await expect(page.getByText(/^Identical\. SHA-256/)).toContainText('survived 1 outage (the dead data center)');
    expect(backend.west?.objects(backend.bucket)).toHaveLength(1);
    expect(backend.store.objects(backend.bucket)).toEqual([]);
    await page.getByText('Details: sample-40-mb.bin').click();
    await expect(page.getByText(/Region west: .*Left on the way, because it was out of reach: east/)).toBeVisible();
  });
});

test.describe('the sample', () => {
  test.use({ backendOptions: { outageSeconds: 1.5, sampleSpeed: 8_000_000, regions: true } });

  test('arrives as it was, through everything that the buttons break, and each outage is counted', async ({
    page,
    context,
    backend,
    serve,
    folder,
  }) => {
    const stored = async () =>
      Number(
        /^\d+/.exec(
          (await page
            .getByText(/parts stored/)
            .first()
            .textContent()) ?? '',
        )?.[0],
      );
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    /** Presses it while parts are on their way, and waits until it is over and parts are stored again. */
    const goesThrough = async (name: string, during: () => Promise<void>) => {
      const before = await stored();
      await button(name).click();
      await expect(page.locator('[data-broken]')).toHaveCount(1);
      await during();
      await expect(page.locator('[data-broken]')).toHaveCount(0);
      await expect.poll(stored).toBeGreaterThan(before);
    };
    const isUnreachable = (url: string) => expect(fetch(url), url).rejects.toThrow('fetch failed');

    await page.goto(`${await serve('demo')}?mb=160`);
    await expect(button('Pull the plug')).toHaveAttribute('aria-disabled', 'true');
    await button('Send a 160 MB sample').click();
    await expect.poll(stored).toBeGreaterThan(0);

    await goesThrough('Pull the plug', async () => {
      await expect(page.getByText(/Broken for/)).toBeVisible();
      await isUnreachable(backend.s3Endpoint);
    });
    await goesThrough('Train tunnel', async () => {});
    await goesThrough('Hotel Wi-Fi', async () => {});
    await goesThrough('Kill the server', async () => {
      await expect(page.getByText(/Broken for/)).toBeVisible();
      await isUnreachable(backend.apiUrl);
      await isUnreachable(backend.s3Endpoint);
      // There is no server to ask for more.
      await expect(button('Train tunnel')).toHaveAttribute('aria-disabled', 'true');
    });
    const before = await stored();
    await button('Reload').click();
    await page.waitForEvent('load');
    expect(await stored()).toBeGreaterThanOrEqual(before);
    // Slow enough until here that a busy machine comes in time with each button; the rest may go as fast as it can.
    backend.store.faults.clear();

    const verdict = page.getByText(/^Identical\. SHA-256/);
    await expect(verdict).toBeVisible();
    const path = `${folder}/sample`;
    await writeFile(path, createSample(160).stream());
    await expect(verdict).toContainText(`SHA-256 ${await sha256(path)}, survived 4 outages (the plug, the tunnel, `);
    await expect(verdict).toContainText('the dead server, and a reload) and hotel Wi-Fi.');
    // In one of the two: a busy machine may have made one of them look as if it were gone.
    const store = [backend.store, backend.west].find((one) => one?.objects(backend.bucket).length === 1);
    expect(await store?.sha256(backend.bucket, store.objects(backend.bucket)[0]?.key ?? '')).toBe(await sha256(path));
    await expect(page.getByText('31 of 31 parts stored')).toBeVisible();
    expect(await page.locator('.parts .cells [data-again]').count()).toBeGreaterThan(0);
    // Whatever comes after the end is no outage that was survived.
    await button('Pull the plug').click({ force: true });
    await expect(verdict).toContainText('survived 4 outages');

    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy').click();
    await expect(page.getByText('Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('<Uploader endpoint="/api/uploads" />');
    await page.getByRole('link', { name: 'photos and films', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Photos and films', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });
});
