import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../page');

/** Builds the page as an app would be built; returns its folder. Portage comes from its sources. */
export async function buildPage(): Promise<string> {
  const outDir = join(import.meta.dirname, '../node_modules/.page');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: {
      conditions: ['@portage/source', 'module', 'browser', 'production'],
      // The same with Profiler, which counts what React changes.
      alias: { 'react-dom/client': 'react-dom/profiling' },
    },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  return outDir;
}
