import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { launchOptions } from '../../scripts/browser.mjs';

const FIREFOX = '/usr/bin/firefox-esr';

/** The fixtures' own tests, in Chromium and, where it is there, in Firefox as Debian has it. */
export default defineConfig({
  testDir: 'example',
  outputDir: '../../test-results/testing',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: [
    { name: 'testing-chromium', use: { browserName: 'chromium', launchOptions: launchOptions() } },
    ...(existsSync(FIREFOX)
      ? [
          {
            name: 'testing-firefox',
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: { executablePath: FIREFOX },
            },
          },
        ]
      : []),
  ],
});
