// Makes the sheets for those who install the package: `dist/style.css` of all its files, and `dist/diagnostics.css`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A sheet, minified, as text. */
export async function buildStyle(source = 'src/style.css') {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      cssMinify: true,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      rollupOptions: { input: `${root}${source}` },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const sheet = output.find(({ fileName }) => fileName.endsWith('.css'));
  if (sheet?.type !== 'asset') throw new Error(`Vite has made no sheet of ${source}.`);
  return String(sheet.source);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(`${root}dist`, { recursive: true });
  writeFileSync(`${root}dist/style.css`, await buildStyle());
  writeFileSync(`${root}dist/diagnostics.css`, await buildStyle('src/style/diagnostics.css'));
}
