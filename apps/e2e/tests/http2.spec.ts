/**
 * What nginx's settings for HTTP/2 do to an upload, over a link with a round trip of 50 ms: `npm run bench:http2` prints the
 * table of docs/gateways.md. Minutes, so not in `npm test`.
 */
import { type AddressInfo, connect, createServer } from 'node:net';
import { chromium } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { launchOptions } from '../../../scripts/browser.mjs';
import { expect, MiB } from '../support/fixtures.ts';
import { startNginx } from '../support/gateway.ts';
import { openHarness } from '../support/harness.ts';
import { addRow } from '../support/table-reporter.ts';
import { gatewayTest as test } from '../support/through-gateway.ts';
import { startUploadServer } from '../support/upload-server.ts';

test.skip(!process.env['PORTAGE_HTTP2'], 'Minutes: npm run bench:http2');

/** In milliseconds. */
const ROUND_TRIP = 50;
const SIZE = 48 * MiB;
/** Of each, the one in the middle counts. */
const RUNS = 3;
/** Seconds with neither line of docs/gateways.md: all tests are of one worker, in their order. */
let unmended = Number.POSITIVE_INFINITY;

const settings = (backend: Backend, more: string) => `
  large_client_header_buffers 4 32k;
  ${more}
  location / {
    proxy_pass ${backend.s3Endpoint};
    proxy_set_header Host $http_host;
    client_max_body_size 0;
    proxy_http_version 1.1;
  }`;

const OFF = 'proxy_request_buffering off;';
const PREREAD = 'http2_body_preread_size 1m;';
const BUFFER = 'client_body_buffer_size 1m;';

for (const [name, tls, more] of [
  ['HTTP/1.1, `proxy_request_buffering off`', 'ssl', OFF],
  ['HTTP/1.1, buffering', 'ssl', ''],
  ['HTTP/2, `proxy_request_buffering off`', 'ssl http2', OFF],
  ['the same, `http2_body_preread_size 1m`', 'ssl http2', OFF + PREREAD],
  ['the same, `client_body_buffer_size 1m`', 'ssl http2', OFF + BUFFER],
  ['the same, both 1m', 'ssl http2', OFF + PREREAD + BUFFER],
  ['HTTP/2, buffering', 'ssl http2', ''],
  ['HTTP/2, buffering, both 1m', 'ssl http2', PREREAD + BUFFER],
] as const) {
  test(name, async ({ backend, stand, serve, makeFile }) => {
    const gateway = await stand(startNginx(settings(backend, more), tls));
    const link = await stand(startLink(Number(new URL(gateway.url).port)));
    const server = await startUploadServer(backend, {
      profile: 'mock',
      publicEndpoint: `https://127.0.0.1:${link.port}`,
    });
    const options = launchOptions();
    const browser = await chromium.launch({
      ...options,
      args: [...(options.args ?? []), '--ignore-certificate-errors'],
    });
    const file = await makeFile('film.mp4', SIZE);
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const page = await browser.newPage();
      const uploading = await openHarness(
        page,
        await serve('harness'),
        { endpoint: server.url },
        { partSize: 8 * MiB },
      );
      await uploading.add(file);
      const begun = Date.now();
      await uploading.start();
      expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
      seconds.push((Date.now() - begun) / 1_000);
      await page.close();
    }
    const { store, bucket } = backend;
    const sums = await Promise.all(store.objects(bucket).map(({ key }) => store.sha256(bucket, key)));
    expect(new Set(sums)).toEqual(new Set([await file.sha256()]));
    const median = seconds.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] as number;
    addRow(test.info(), {
      Setting: name,
      'Seconds for 48 MiB': median.toFixed(1),
      'MiB/s': (SIZE / MiB / median).toFixed(1),
      'Connections with bytes': String(link.carriers() / RUNS),
      'Sent again': `${(store.journal.resentBytes() / MiB).toFixed(1)} MiB`,
    });
    await browser.close();
    await server.down();
    // 16 kB in a round trip, without one of the two lines.
    if (name === 'HTTP/2, `proxy_request_buffering off`') unmended = median;
    if (name.startsWith('the same')) expect(median).toBeLessThan(unmended / 2);
  });
}

/** Bytes arrive half a round trip later, in each direction, and none waits for another. */
async function startLink(to: number) {
  const carried: number[] = [];
  const server = createServer({ noDelay: true }, (near) => {
    const index = carried.push(0) - 1;
    near.on('data', (bytes) => {
      carried[index] = (carried[index] ?? 0) + bytes.length;
    });
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true });
    for (const [from, onto] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => setTimeout(() => onto.writable && onto.write(bytes), ROUND_TRIP / 2));
      from.on('close', () => setTimeout(() => onto.destroy(), ROUND_TRIP / 2));
      from.on('error', () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    carriers: () => carried.filter((bytes) => bytes >= MiB).length,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
