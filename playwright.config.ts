import { defineConfig } from '@playwright/test';
import { testingProjects } from './packages/testing/playwright.projects.ts';
import { firefoxOptions, launchOptions } from './scripts/browser.mjs';

const testDir = 'apps/e2e/tests';
const firefox = firefoxOptions();

/** What depends on the browser: its network stack, its database, its ways of reading files. */
const PROMISE = ['bad-days', 'arrives', 'resume', 'integrity', 'broken-network'];
/** In `npm test`; all of them by `npm run test:firefox`. */
const IN_FIREFOX = process.env['PORTAGE_FIREFOX'] === 'all' ? PROMISE : ['bad-days', 'integrity'];

export default defineConfig({
  globalSetup: './apps/e2e/support/build-pages.ts',
  fullyParallel: true,
  // One more than the cores of a small machine: on a bad network uploads wait more than they work.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'e2e', testDir, use: { browserName: 'chromium', launchOptions: launchOptions() } },
    ...(firefox
      ? [{ name: 'e2e-firefox', testDir, testMatch: IN_FIREFOX.map((name) => `${name}.spec.ts`), use: firefox }]
      : []),
    ...testingProjects,
  ],
});
