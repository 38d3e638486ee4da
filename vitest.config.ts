import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.mjs';
import { react18 } from './scripts/vitest-react18.ts';

// Packages are tested from their sources; see the `@portage/source` export condition.
/** A camera and a screen for the stories that take pictures. */
const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const options = launchOptions();

const conditions = ['@portage/source'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions, externalConditions: conditions }, noExternal: [/^@portage\//] },
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.browser.test.*'],
        },
      },
      () => ({
        plugins: [react()],
        resolve: { conditions: [...conditions, 'module', 'browser', 'development'] },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...options, args: [...(options.args ?? []), ...FAKE_MEDIA] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      }),
      // All of them: `npm run test:react18`.
      react18(['packages/react/src/components/{react-version,hydration,item,form-field}.browser.test.tsx']),
    ],
  },
});
