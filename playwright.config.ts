import { defineConfig } from '@playwright/test';
import { testingProjects } from './packages/testing/playwright.projects.ts';
import { launchOptions } from './scripts/browser.mjs';

export default defineConfig({
  globalSetup: './apps/e2e/support/build-pages.ts',
  fullyParallel: true,
  // Uploads are bound by the machine's memory bandwidth: more at once would only slow each other down.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'e2e', testDir: 'apps/e2e/tests', use: { browserName: 'chromium', launchOptions: launchOptions() } },
    ...testingProjects,
  ],
});
