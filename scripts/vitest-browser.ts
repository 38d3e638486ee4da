/** What component tests run in, and the tests of packages/react with React 18 in place of 19. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { UserProjectConfigExport } from 'vitest/config';
import { launchOptions } from './browser.mjs';

const installed = fileURLToPath(new URL('../pins/react18/node_modules/', import.meta.url));
const alias = ['react', 'react-dom'].map((name) => ({
  find: new RegExp(`^${name}(?=$|/)`),
  replacement: `${installed}${name}`,
}));

/** A camera and a screen for the stories that take pictures. */
const FAKE_MEDIA = ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'];

/** The browser of all component tests. */
export function chromium() {
  const { args = [], ...options } = launchOptions();
  return playwright({ launchOptions: { ...options, args: [...args, ...FAKE_MEDIA] } });
}

export function react18(include: string[]): UserProjectConfigExport {
  return () => ({
    plugins: [react()],
    cacheDir: 'node_modules/.vite-react18',
    resolve: { alias, conditions: ['@portage/source', 'module', 'browser', 'development'] },
    test: {
      name: 'react 18',
      include,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: chromium(),
        instances: [{ browser: 'chromium' }],
      },
    },
  });
}
