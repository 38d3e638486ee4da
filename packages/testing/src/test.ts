import { type BrowserContext, test as base } from '@playwright/test';
import type { Journal, MockS3Options } from '@portage/mock-s3';
import { startBackend, type TestBackend, type UploadRoutes } from './fixtures/backend.ts';
import { createFiles, type MakeFile } from './fixtures/files.ts';
import { createNetwork, type TestNetwork } from './fixtures/network.ts';
import { createOwnBrowser, type OwnBrowser } from './fixtures/own-browser.ts';
import { startStore, type TestStore } from './fixtures/store.ts';

export { expect } from '@playwright/test';

/** What `test.use` sets. */
export interface UploadOptions {
  /** How the store is to be: faults, CORS, which store it mimics. @default {} */
  readonly storeOptions: Omit<MockS3Options, 'port' | 'dataDir' | 'buckets'>;
  /** The routes of the upload server. @default { files: { anonymous: true } }, which takes anything */
  readonly uploadRoutes: UploadRoutes;
  /** A folder that the upload server also serves, as a `file:` URL that ends with a slash. @default nothing */
  readonly site: URL | undefined;
}

/** What each test is given; all of it is its own, on free ports, and gone afterwards. */
export interface UploadFixtures {
  /** The object store. */
  readonly store: TestStore;
  /** The upload server in front of the store. */
  readonly backend: TestBackend;
  /** What was asked of the store: `resentBytes()`, `requests()`, `maxInFlight()`, … */
  readonly journal: Journal;
  /** Makes the network between the page and the store bad. */
  readonly network: TestNetwork;
  /** A browser of the test's own, which can be killed and comes back with the same profile. */
  readonly ownBrowser: OwnBrowser;
  /** Makes files on disk to choose in the page. */
  readonly makeFile: MakeFile;
}

interface Internal {
  /** Contexts that `network.offline` takes offline. */
  readonly contexts: Set<BrowserContext>;
}

/**
 * Playwright's `test` with a store, an upload server and a network that breaks on purpose.
 * @example
 * test('survives a cut connection', async ({ page, backend, network, store }) => {
 *   network.cut({ operation: 'UploadPart', partNumber: 2, afterBytes: 1024 * 1024 });
 *   await page.goto(`https://localhost:5173/?endpoint=${backend.uploadsUrl}`);
 * });
 */
export const test = base.extend<UploadFixtures & UploadOptions & Internal>({
  storeOptions: [{}, { option: true }],
  uploadRoutes: [{ files: { anonymous: true, maxSize: Number.POSITIVE_INFINITY } }, { option: true }],
  site: [undefined, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  contexts: async ({}, use) => {
    await use(new Set());
  },

  context: async ({ context, contexts }, use) => {
    contexts.add(context);
    await use(context);
    contexts.delete(context);
  },

  store: async ({ storeOptions }, use) => {
    const store = await startStore(storeOptions);
    await use(store);
    await store.mock.close();
  },

  journal: async ({ store }, use) => {
    await use(store.mock.journal);
  },

  backend: async ({ store, uploadRoutes, site }, use) => {
    const backend = await startBackend(store, uploadRoutes, site);
    await use(backend);
    await backend.close();
  },

  network: async ({ store, contexts }, use) => {
    const network = createNetwork(store.mock, contexts);
    await use(network);
    // What is held back must not hold back the end of the test.
    await network.restore();
  },

  ownBrowser: async (
    { playwright, browserName, launchOptions, channel, ignoreHTTPSErrors, contexts },
    use,
    testInfo,
  ) => {
    const options = { ...launchOptions, ...(channel !== undefined && { channel }), ignoreHTTPSErrors };
    const ownBrowser = createOwnBrowser(playwright[browserName], options, testInfo.outputPath('profile'), contexts);
    await use(ownBrowser);
    await ownBrowser.close();
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  makeFile: async ({}, use, testInfo) => {
    await use(createFiles(testInfo.outputPath('files')));
  },
});
