import { defineConfig } from '@playwright/test';
import { testingProjects } from './packages/testing/playwright.projects.ts';
import { firefoxOptions, launchOptions } from './scripts/browser.mjs';

const testDir = 'apps/e2e/tests';
const firefox = firefoxOptions();

/** What depends on the browser: its network stack, its database, its ways of reading files. */
const PROMISE = [
  'bad-days',
  'over-http2',
  'arrives',
  'resume',
  'integrity',
  'broken-network',
  'types',
  'changing-files',
  'second-look',
  'hidden-progress',
  'packs',
  'late-code',
  'drop-and-paste',
  'worker',
  'regions',
  'prepare',
  'known-store',
];
/** In `npm test` the bad days, one of each kind; all of them by `npm run test:firefox` and `npm run test:flaky`. */
const allInFirefox = process.env['PORTAGE_FIREFOX'] === 'all';
const IN_FIREFOX = allInFirefox
  ? PROMISE
  : ['bad-days', 'over-http2', 'changing-files', 'hidden-progress', 'packs', 'prepare', 'known-store'];
const VARIANTS = /a small file|in the midst of their pack|the app's own signer|that signs in the page/;

export default defineConfig({
  globalSetup: './apps/e2e/support/build-pages.ts',
  fullyParallel: true,
  // One more than the cores of a small machine: on a bad network uploads wait more than they work.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // Far beyond what any test takes: a busy machine is no failure.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  // Traces cost more than some of the tests: `npx playwright test … --trace retain-on-failure` where one is to be looked at.
  use: { trace: 'off' },
  projects: [
    { name: 'e2e', testDir, use: { browserName: 'chromium', launchOptions: launchOptions() } },
    ...(firefox
      ? [
          {
            name: 'e2e-firefox',
            testDir,
            testMatch: IN_FIREFOX.map((name) => `${name}.spec.ts`),
            ...(!allInFirefox && { grepInvert: VARIANTS }),
            use: firefox,
          },
        ]
      : []),
    ...testingProjects,
  ],
});
