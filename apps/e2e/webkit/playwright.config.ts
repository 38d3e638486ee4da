import { defineConfig } from '@playwright/test';

/** Playwright is the runner here; the browser is WebKit as GTK has it. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../support/build-pages.ts',
  outputDir: '../../../test-results/webkit',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
