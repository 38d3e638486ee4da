/** Uploads through a gateway before the store, and what the page says of it. */
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { examine } from '@portage/server/doctor';
import { expect, MiB, type TestFile, test } from './fixtures.ts';
import type { Gateway, Logged } from './gateway.ts';
import { openHarness, type Uploading } from './harness.ts';
import { addRow } from './table-reporter.ts';
import { startUploadServer, type UploadServerOptions } from './upload-server.ts';

/** Longest time to a sentence on the page, in milliseconds. */
const SOON = 10_000;

/** As a busy app has them: about 8 MiB in a part, more than some gateways take. */
export const PARTS = { partSize: 7 * MiB, multipartThreshold: 5 * MiB };
/** As small as S3 takes them. */
export const SMALL_PARTS = { partSize: 5 * MiB, multipartThreshold: 5 * MiB };

/** As docs/gateways.md has it for a store. */
export const BUFFERS = 'large_client_header_buffers 4 32k;';
export const GOOD = `
  proxy_set_header Host $http_host;
  client_max_body_size 0;
  proxy_read_timeout 300s;
  proxy_send_timeout 300s;
  proxy_request_buffering off;
  proxy_http_version 1.1;`;
export const BUFFERING = GOOD.replace('proxy_request_buffering off;', '');

/** What stands in nginx's `server { … }`, for a store at that address. */
export const before = (store: string, settings = GOOD, buffers = BUFFERS) =>
  `${buffers} location / { proxy_pass ${store}; ${settings} }`;

interface Closing {
  close(): Promise<void>;
}

/** `test` whose gateways are closed when it is over, however it ends. */
export const gatewayTest = test.extend<{ stand: <G extends Closing>(started: Promise<G | undefined>) => Promise<G> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  stand: async ({}, use) => {
    const all: Closing[] = [];
    await use(async (started) => {
      const gateway = await started;
      gatewayTest.skip(gateway === undefined, 'The gateway is not among the packages of this machine.');
      if (!gateway) throw new Error('Passed over.');
      all.push(gateway);
      return gateway;
    });
    for (const each of all) await each.close();
  },
});

interface Through {
  readonly page: Page;
  readonly backend: Backend;
  readonly serve: (page: 'harness') => Promise<string>;
}

/** A page whose store is reached by the gateway alone. */
export async function openThrough(
  { url }: Gateway,
  { page, backend, serve }: Through,
  options: object = PARTS,
  more: UploadServerOptions = {},
): Promise<Uploading> {
  const server = await startUploadServer(backend, { profile: 'mock', publicEndpoint: url, ...more });
  return openHarness(page, await serve('harness'), { endpoint: server.url }, options);
}

/** A row of the table of docs/gateways.md. */
export function told(setting: string, says: string, seconds: number): void {
  addRow(test.info(), { Setting: setting, 'What the page says': says, After: `${seconds.toFixed(1)} s` });
}

export async function expectTold(
  page: Page,
  uploading: Uploading,
  file: TestFile,
  setting: string,
  codes: string[] = ['store-unreadable'],
) {
  await uploading.add(file);
  const begun = Date.now();
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: [], failed: [file.name] });
  const seconds = (Date.now() - begun) / 1_000;
  const error = await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    const { code, message, retryable } = plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error ?? {};
    return { code, message, retryable };
  });
  console.log(`${setting}: ${error.code}, "${error.message}" after ${seconds.toFixed(1)} s`);
  told(setting, `\`${error.code}\`: ${error.message}`, seconds);
  expect(codes).toContain(error.code);
  expect(error.retryable).toBe(true);
  expect(seconds * 1_000).toBeLessThan(SOON);
}

/** What the doctor finds wrong with a gateway, and what it advises for the first of it. Nothing of its trials stays. */
export async function diagnose({ url }: Gateway, { store, bucket, s3Endpoint }: Backend, setting: string) {
  const { findings } = await examine({
    storage: {
      ...{ endpoint: s3Endpoint, publicEndpoint: url, region: store.region, bucket },
      ...{ credentials: store.credentials[0], profile: 'mock' },
    },
    origins: ['https://page.example'],
  });
  const found = findings.filter(({ check, status }) => ['gateway', 'cors'].includes(check) && status !== 'ok');
  for (const { status, check, message } of found) console.log(`${setting}: ${status} ${check}: ${message}`);
  expect([store.objects(bucket), store.multipartUploads(bucket)]).toEqual([[], []]);
  return { found: found.map(({ check, status }) => `${check} ${status}`), hint: found[0]?.hint ?? '' };
}

/** How often each body was handed over, by the path of its object and the number of its part. */
export function timesSent(requests: readonly Logged[]): number[] {
  const times = new Map<string, number>();
  for (const { method, path } of requests) {
    const name = `${path.replace(/\?.*/, '')} ${/partNumber=\d+/.exec(path)}`;
    if (method === 'PUT') times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times.values()];
}
