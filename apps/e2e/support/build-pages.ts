/** Builds the pages that tests look at, once, before all tests: the demo, the bare harness, and a form. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

export const PAGES = {
  demo: { root: fileURLToPath(new URL('../../demo', import.meta.url)) },
  harness: { root: fileURLToPath(new URL('../harness', import.meta.url)) },
  kit: { root: fileURLToPath(new URL('../kit', import.meta.url)) },
} as const;

export type PageName = keyof typeof PAGES;

/** Where a page's build lies. */
export function outDirOf(page: PageName): string {
  return fileURLToPath(new URL(`../dist/${page}`, import.meta.url));
}

export default async function buildPages(): Promise<void> {
  for (const page of Object.keys(PAGES) as PageName[]) {
    await build({
      configFile: false,
      root: PAGES[page].root,
      logLevel: 'warn',
      plugins: [react()],
      // From the sources, so that a test never runs yesterday's build.
      resolve: { conditions: ['@portage/source', 'module', 'browser', 'production'] },
      worker: { format: 'es' },
      build: { outDir: outDirOf(page), emptyOutDir: true, sourcemap: true },
    });
  }
}
