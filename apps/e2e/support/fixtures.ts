/** What a test is given: a backend of its own on free ports, the pages, and files of real size. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Backend, type BackendOptions, startBackend } from '@portage/mock-backend';
import type { Intercept } from '@portage/mock-s3';
import { preview } from 'vite';
import { webkitFixtures } from '../webkit/page.ts';
import { outDirOf, PAGES, type PageName } from './build-pages.ts';
import { type Companion, startCompanion } from './companion.ts';

export { expect };

export const MiB = 1024 * 1024;

/** Whether all stores speak HTTP/2 over TLS: `npm run test:flaky -- --http2`. */
export const overHttp2 = process.env['PORTAGE_OVER_HTTP2'] === '1';

export interface TestFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  sha256(): Promise<string>;
}

/** Whether pages are WebKit's: `npm run test:webkit`. */
const inWebKit = process.env['PORTAGE_WEBKIT'] === '1';

interface Fixtures {
  /** What the store does wrong; set it before or during the test. */
  faults: { intercept: Intercept };
  backendOptions: BackendOptions;
  backend: Backend;
  /** A real Companion, with the test's store behind it. */
  companion: Companion;
  /** Serves a built page, its `/api` answered by the test's backend. Returns its address. */
  serve(page: PageName): Promise<string>;
  /** Makes a file of random bytes on disk, or with `sparse` one that takes no room. */
  makeFile(name: string, size: number, options?: { sparse?: boolean }): Promise<TestFile>;
  /** Where the test's files are. */
  folder: string;
}

export const test = base.extend<Fixtures>({
  // Nobody has signed the certificate of such a store.
  ...(overHttp2 && { ignoreHTTPSErrors: true }),
  ...(inWebKit && (webkitFixtures as object)),
  backendOptions: [{}, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  faults: async ({}, use) => {
    await use({ intercept: () => undefined });
  },

  backend: async ({ faults, backendOptions }, use) => {
    const backend = await startBackend({
      log: () => {},
      origins: '*',
      signForUppy: true,
      ...backendOptions,
      s3: { intercept: (request) => faults.intercept(request), http2: overHttp2, ...backendOptions.s3 },
    });
    await use(backend);
    await backend.close();
  },

  companion: async ({ backend, folder }, use) => {
    const companion = await startCompanion(backend, folder);
    await use(companion);
    await companion.close();
  },

  serve: async ({ backend }, use) => {
    const servers: Awaited<ReturnType<typeof preview>>[] = [];
    await use(async (page) => {
      const server = await preview({
        configFile: false,
        root: PAGES[page].root,
        logLevel: 'error',
        build: { outDir: outDirOf(page) },
        preview: { host: '127.0.0.1', port: 0, proxy: { '/api': { target: backend.apiUrl } } },
      });
      servers.push(server);
      const address = server.httpServer.address();
      if (!address || typeof address === 'string') throw new Error('The page is served nowhere.');
      return `http://127.0.0.1:${address.port}/`;
    });
    for (const server of servers) await server.close();
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'portage-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  makeFile: async ({ folder }, use) => {
    await use(async (name, size, { sparse = false } = {}) => {
      const path = join(folder, name);
      await writeFile(path, '');
      if (sparse) await truncate(path, size);
      else await fill(path, size);
      return { path, name, size, sha256: () => sha256(path) };
    });
  },
});

async function fill(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  for (let written = 0; written < size; written += 8 * MiB) {
    await file.write(randomBytes(Math.min(8 * MiB, size - written)));
  }
  await file.close();
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('hex');
}

/** The SHA-256 of the bucket's one object. */
export async function storedSha256({ store, bucket }: Backend): Promise<string> {
  const objects = store.objects(bucket);
  expect(objects, 'objects in the bucket').toHaveLength(1);
  return store.sha256(bucket, objects[0]?.key ?? '');
}

/** The bucket has these files and no others, each with exactly its bytes. */
export async function expectStored({ store, bucket }: Backend, files: readonly TestFile[]): Promise<void> {
  const stored = await Promise.all(store.objects(bucket).map(({ key }) => store.sha256(bucket, key)));
  const picked = await Promise.all(files.map((file) => file.sha256()));
  expect(stored.toSorted()).toEqual(picked.toSorted());
}
