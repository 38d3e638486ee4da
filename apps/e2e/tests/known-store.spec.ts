/** A page learns of its store by the response that creates an upload. The store of the last time is likely to be the same. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, expectStored, MiB, test } from '../support/fixtures.ts';
import { expectArrives, openHarness, portageServer } from '../support/harness.ts';

test('connections to the hosts of the last store are opened while an upload is created', async ({
  page,
  backend,
  serve,
  makeFile,
  browserName,
}) => {
  test.skip(browserName === 'chromium', 'Chromium 156 opens none in a private window, and tests have no others');
  const file = await makeFile('film.mp4', MiB);
  const other = await makeFile('other.mp4', MiB);
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend));
  await expectArrives(backend, uploading, file);
  const known = () => page.evaluate(() => localStorage.getItem('portage-store'));
  const actual = await known();
  expect(actual).toBe(new URL(backend.s3Endpoint).origin);

  // Connections of the first upload are still open. So the page is told of two other hosts, and each must hear of it.
  const hosts = await Promise.all([createServer(), createServer()].map((host) => listening(host)));
  const called = Promise.all(hosts.map((host) => once(host, 'connection')));
  const origins = hosts.map((host) => `http://127.0.0.1:${(host.address() as AddressInfo).port}`);
  await page.evaluate((origins) => localStorage.setItem('portage-store', origins.join(' ')), origins);
  await page.route('**/create', async (route) => {
    await called;
    await route.continue();
  });
  const again = await openHarness(page, page.url(), portageServer(backend));
  await again.send(other);
  expect(await again.finish()).toEqual({ successful: [other.name], failed: [] });
  await expectStored(backend, [file, other]);
  for (const [socket] of await called) socket.destroy();
  for (const host of hosts) host.close();
  expect(await known()).toBe(actual);
});

async function listening(host: ReturnType<typeof createServer>): Promise<typeof host> {
  await once(host.listen(0, '127.0.0.1'), 'listening');
  return host;
}
