/** Files that Companion fetches from elsewhere, in the React kit: a real Companion, its websocket, and a real address. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { test as base, expect, MiB } from '../support/fixtures.ts';

/** Somebody's files on the web. */
interface Elsewhere {
  readonly url: string;
  /** Where the file that is being fetched is written to. */
  readonly open: ServerResponse[];
  close(): Promise<void>;
}

const SIZE = 12 * MiB;

async function startElsewhere(): Promise<Elsewhere> {
  const open: ServerResponse[] = [];
  const server: Server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': SIZE });
    if (request.method === 'HEAD') response.end();
    else {
      response.flushHeaders();
      open.push(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const elsewhere: Elsewhere = {
    url: `http://127.0.0.1:${port}`,
    open,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return elsewhere;
}

interface Fixtures {
  elsewhere: Elsewhere;
  /** Opens the kit beside Companion. @param where - The app, by its hash; further parameters before it. */
  open(where: string): Promise<void>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  elsewhere: async ({}, use) => {
    const elsewhere = await startElsewhere();
    await use(elsewhere);
    await elsewhere.close();
  },
  open: async ({ page, companion, serve }, use) => {
    await use(async (where) => void (await page.goto(`${await serve('kit')}?companion=${companion.url}${where}`)));
  },
});

async function add(page: Page, address: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  await page.evaluate((address) => window.addFromUrl(address), address);
}

const row = (page: Page) => page.locator('.portage-item');
const status = (page: Page) => row(page).locator('.portage-status');

/** Sends the file as it is fetched, a piece now and then. */
async function sendSlowly({ open }: Elsewhere, pause: number): Promise<void> {
  await expect.poll(() => open.length).toBeGreaterThan(0);
  const response = open.shift();
  const bytes = Buffer.alloc(MiB, 'a');
  for (let sent = 0; sent < SIZE; sent += bytes.length) {
    response?.write(bytes);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  response?.end();
}

test('the row follows what Companion does, and the form around it is sent with the key', async ({
  page,
  backend,
  elsewhere,
  open,
}) => {
  await open('#remote');
  await add(page, `${elsewhere.url}/film.mp4`);
  await expect(row(page).locator('.portage-status')).toHaveAttribute('data-status', 'uploading');
  await expect(row(page).getByRole('button', { name: /pause/i }), 'nothing can pause Companion').toHaveCount(0);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('output'), 'the form waits').toBeEmpty();
  const bar = row(page).getByRole('progressbar');
  // Companion tells of progress once a second at most.
  const sent = sendSlowly(elsewhere, 250);
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(5);
  await sent;
  await expect(status(page)).toHaveAttribute('data-status', 'complete');
  const { store, bucket } = backend;
  const [object] = store.objects(bucket);
  expect(object?.size).toBe(SIZE);
  await expect(page.locator('output')).toHaveText(`Sent ${object?.key}`);
  // As an Uppy app finds the uploader that it had before.
  expect(await page.evaluate(() => window.pluginFound)).toBe(true);
});

test('a session that ended fails the row in words, and Retry goes on', async ({
  page,
  backend,
  companion,
  elsewhere,
  open,
}) => {
  await page.route(`${companion.url}/url/get`, (route) =>
    route.fulfill({ status: 401, headers: { 'Access-Control-Allow-Origin': '*' } }),
  );
  await open('#remote');
  await add(page, `${elsewhere.url}/film.mp4`);
  await expect(status(page)).toHaveAttribute('data-status', 'failed');
  await expect(row(page)).toContainText('The file could not be fetched');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('[data-verdict]')).toHaveAttribute('data-verdict', 'failed');
  await page.unrouteAll();
  await row(page).getByRole('button', { name: /retry/i }).click();
  await sendSlowly(elsewhere, 0);
  await expect(status(page)).toHaveAttribute('data-status', 'complete');
  expect(backend.store.objects(backend.bucket)).toHaveLength(1);
});

test('an attempt that the store refused shows as such, and the next one begins by itself', async ({
  page,
  backend,
  elsewhere,
  faults,
  open,
}) => {
  let refused = 0;
  faults.intercept = ({ operation }) => {
    if (operation !== 'CreateMultipartUpload' || refused > 0) return undefined;
    refused += 1;
    return { kind: 'error', status: 403, code: 'AccessDenied' };
  };
  await open('#remote');
  await add(page, `${elsewhere.url}/film.mp4`);
  const first = sendSlowly(elsewhere, 0);
  await expect(status(page)).toHaveAttribute('data-status', 'retrying');
  await first;
  await sendSlowly(elsewhere, 0);
  await expect(status(page)).toHaveAttribute('data-status', 'complete');
  expect(backend.store.objects(backend.bucket)).toHaveLength(1);
});

test('with an upload server of ours it is refused in words, and Companion is not asked to send it anywhere', async ({
  page,
  backend,
  companion,
  elsewhere,
  open,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(companion.url)) asked.push(new URL(request.url()).pathname);
  });
  await open('&endpoint=/api/uploads#remote');
  await add(page, `${elsewhere.url}/film.mp4`);
  await expect(status(page)).toHaveAttribute('data-status', 'failed');
  await expect(row(page)).toContainText('The file is with another service, and this page cannot take it from there.');
  await expect(row(page)).toContainText('Download it to your device, then add it from there.');
  await expect(row(page).getByRole('button', { name: /retry/i }), 'it would be refused again').toHaveCount(0);
  expect(asked).toEqual(['/url/meta']);
  expect(backend.store.objects(backend.bucket)).toEqual([]);
});

test('a person gives an address: Companion fetches the file and sends it, and says why where it cannot', async ({
  page,
  backend,
  companion,
  elsewhere,
  open,
}) => {
  await open('#sources');
  const field = page.getByLabel('Address of a file on the web');
  await field.fill(`${elsewhere.url}/film.mp4`);
  await field.press('Enter');
  await sendSlowly(elsewhere, 0);
  await expect(status(page)).toHaveAttribute('data-status', 'complete');
  expect(backend.store.objects(backend.bucket).map(({ size }) => size)).toEqual([SIZE]);
  await expect(field).toHaveValue('');

  await field.fill(`${elsewhere.url}/none.mp4`);
  await elsewhere.close();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('No file could be fetched from there.')).toBeVisible();
  await field.fill('https://not an address');
  await field.press('Enter');
  await expect(page.getByText('This is not the address of a file on the web.')).toBeVisible();
  await page.route(`${companion.url}/**`, (route) => route.abort());
  await field.fill('https://example.com/film.mp4');
  await field.press('Enter');
  await expect(page.getByText('The upload server cannot be reached.')).toBeVisible();
  await expect(row(page)).toHaveCount(1);
});
