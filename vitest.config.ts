import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chromium, react18 } from './scripts/vitest-browser.ts';

// Packages are tested from their sources; see the `@portage/source` export condition.
const conditions = ['@portage/source'];

export default defineConfig({
  test: {
    // One more than Vitest would take on two cores: much of what is tested here waits for a socket or a process.
    maxWorkers: 3,
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
      ...(['jsdom', 'happy-dom'] as const).map((environment) => ({
        plugins: [react()],
        resolve: { conditions },
        ssr: { resolve: { conditions, externalConditions: conditions }, noExternal: [/^@portage\//] },
        test: {
          name: environment,
          environment,
          include: ['packages/testing/app/**/*.test.tsx'],
          setupFiles: ['packages/testing/app/setup.ts'],
          testTimeout: 60_000,
        },
      })),
      () => ({
        plugins: [react()],
        resolve: { conditions: [...conditions, 'module', 'browser', 'development'] },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.{ts,tsx}'],
          // Code that is loaded late comes through a development server, which a busy machine keeps waiting. In milliseconds.
          expect: { poll: { timeout: 5_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: chromium(),
            instances: [{ browser: 'chromium' }],
          },
        },
      }),
      // All of them: `npm run test:react18`.
      react18(['packages/react/src/components/{react-version,hydration,item,form-field}.browser.test.tsx']),
    ],
  },
});
