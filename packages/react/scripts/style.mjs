// Makes one sheet of the stylesheet's files, for those who install the package: `dist/style.css`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The sheet, minified, as text. */
export async function buildStyle() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      cssMinify: true,
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      rollupOptions: { input: `${root}src/style.css` },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const sheet = output.find(({ fileName }) => fileName.endsWith('.css'));
  if (sheet?.type !== 'asset') throw new Error('Vite has made no sheet of src/style.css.');
  return String(sheet.source);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(`${root}dist`, { recursive: true });
  writeFileSync(`${root}dist/style.css`, await buildStyle());
}
