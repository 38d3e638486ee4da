import { defineConfig } from '@playwright/test';

/** What depends on the browser, and asks no more of a page than `page.ts` has. */
const ALSO = [
  'arrives',
  'changing-files',
  'integrity',
  'steering',
  'packs',
  'small-files',
  'over-http2',
  'second-look',
  'resume',
  'restarts',
];

/** Playwright is the runner here; the browser is WebKit as GTK has it. */
export default defineConfig({
  testDir: '..',
  testMatch: ['webkit/*.spec.ts', ...ALSO.map((name) => `tests/${name}.spec.ts`)],
  globalSetup: '../support/build-pages.ts',
  outputDir: '../../../test-results/webkit',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: { browserName: 'webkit' },
  // The first starts browsers itself. WebKit (GTK, 2.50) keeps some requests of the second open for half a minute, and longer. It may
  // lose the whole page where a connection over HTTP/2 ends with requests on it.
  grepInvert: /the browser process is killed|cut short while it is sent, in parts|the connection dies, and with|GOAWAY/,
});
