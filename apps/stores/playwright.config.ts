import { defineConfig } from '@playwright/test';
import { launchOptions } from '../../scripts/browser.mjs';
import { KINDS } from './src/started.ts';

/** `npm run test:stores`: uploads to stores that others wrote, and the questions that our own store is measured by. */
export default defineConfig({
  testDir: './tests',
  globalSetup: './src/started.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 120_000 },
  reporter: [['list'], ['./src/tables.ts']],
  projects: KINDS.map((kind) => ({
    name: kind,
    // Swift has no policies of this kind.
    testIgnore: kind.startsWith('swift') ? ['**/policy.spec.ts'] : [],
    use: { browserName: 'chromium' as const, launchOptions: launchOptions(), kind },
  })),
});
