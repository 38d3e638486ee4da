/** Builds the pages that tests look at, once, before all tests: the demo, the bare harness, and a form. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Puts the examples of the guides where the kit finds them, as they are printed. */
async function writePrinted(): Promise<void> {
  const read = (name: string) => readFile(new URL(`../../../packages/react/docs/${name}`, import.meta.url), 'utf8');
  const guide = `${await read('forms.mdx')}\n${await read('getting-started.mdx')}`;
  const folder = new URL('../kit/printed/', import.meta.url);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const { 1: code = '' } of guide.matchAll(/^```tsx\n(.*?)^```/gms)) {
    const name = /^export function (\w+)/m.exec(code)?.[1];
    if (name) await writeFile(new URL(`${name}.tsx`, folder), code);
  }
}

export default async function buildPages(): Promise<void> {
  await writePrinted();
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
