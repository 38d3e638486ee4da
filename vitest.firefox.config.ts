/** What people drop, paste, pick, crop and see, in Firefox: part of `npm run test:firefox`. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { firefoxOptions } from './scripts/browser.mjs';

const { channel, launchOptions } = firefoxOptions() ?? {};
/** A camera that Firefox makes up, and no question about it. */
const FAKE_CAMERA = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };
const firefoxUserPrefs = { ...launchOptions?.firefoxUserPrefs, ...FAKE_CAMERA };

export default defineConfig({
  plugins: [react()],
  cacheDir: 'node_modules/.vite-firefox',
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'development'] },
  test: {
    name: 'firefox',
    include: [
      'packages/react/src/{camera,crop,fields,from-url}/*.browser.test.tsx',
      'packages/react/src/**/{layouts,folders,dropzone,paste,dropped-files,list-look,virtual-list,controlled-files}.browser.test.{ts,tsx}',
    ],
    setupFiles: ['scripts/vitest-firefox.ts'],
    expect: { poll: { timeout: 5_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { ...launchOptions, firefoxUserPrefs, ...(channel && { channel }) } }),
      instances: [{ browser: 'firefox' }],
    },
  },
});
