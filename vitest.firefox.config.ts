/** What people drop, paste, pick, crop and see, in Firefox: part of `npm run test:firefox`. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { firefoxOptions } from './scripts/browser.mjs';

const { channel, launchOptions } = firefoxOptions() ?? {};

export default defineConfig({
  plugins: [react()],
  cacheDir: 'node_modules/.vite-firefox',
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'development'] },
  test: {
    name: 'firefox',
    include: [
      'packages/react/src/**/{crop,dropzone,paste,dropped-files,list-look,virtual-list,folders}.browser.test.{ts,tsx}',
    ],
    expect: { poll: { timeout: 5_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { ...launchOptions, ...(channel && { channel }) } }),
      instances: [{ browser: 'firefox' }],
    },
  },
});
