// What a page loads, in bytes of gzip, as Vite bundles it from source: `npm run size`. Fails over budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const UPPY = /^@uppy\//;
const REACT = /^react($|-dom|\/)/;
const QUERY = /^@tanstack\/react-query$/;

/** What uploads is loaded beside the page, as soon as the page is there, and before the first byte is sent. */
const UPLOADER = `import { createUploader } from '../uppy/src/plugin/uploader.ts'; console.log(createUploader);`;
const DROP_IN = `import { Uploader } from './src/index.ts'; console.log(Uploader);`;
const HOOKS = `import { UploadProvider, useUpload, useUploadFile } from './src/index.ts';
  console.log(UploadProvider, useUpload, useUploadFile);`;

/** Each: what an app writes, what it has anyway, and most bytes of gzip before anything is picked, in kB of 1000. */
export const ENTRIES = [
  { name: 'the whole drop-in at first, without Uppy and React', code: DROP_IN, external: [REACT, UPPY], budget: 20 },
  { name: 'the same with all that uploads', code: DROP_IN + UPLOADER, external: [REACT, UPPY], budget: 48.5 },
  { name: 'the same with Uppy', code: DROP_IN + UPLOADER, external: [REACT], budget: 62 },
  { name: 'hooks alone', code: HOOKS, external: [REACT, UPPY], budget: 14.8 },
  { name: 'hooks with all that uploads', code: HOOKS + UPLOADER, external: [REACT, UPPY], budget: 43.2 },
  {
    name: 'query',
    code: `export * from './src/query/index.ts';`,
    external: [REACT, UPPY, QUERY, /\/state\/context\.ts$/],
    budget: 3,
  },
  {
    name: 'processing',
    code: `export * from './src/processing/index.ts';`,
    external: [REACT, UPPY, QUERY, /\/state\/context\.ts$/],
    budget: 3.5,
  },
  {
    name: 'prepare',
    code: `export * from './src/prepare/index.ts';`,
    external: [REACT, UPPY, /\/state\/context\.ts$/],
    budget: 2,
  },
  {
    name: 'crop, without react-easy-crop',
    code: `export * from './src/crop/index.ts';`,
    external: [REACT, UPPY, /^react-easy-crop$/, /\/state\/context\.ts$/],
    budget: 1.5,
  },
  {
    name: 'camera',
    code: `export * from './src/camera/index.ts';`,
    external: [REACT, UPPY, /\/state\/context\.ts$/],
    budget: 3,
  },
  {
    name: 'from-url',
    code: `export * from './src/from-url/index.ts';`,
    external: [REACT, UPPY, /\/state\/context\.ts$/],
    budget: 3,
  },
  { name: 'a language (Arabic, the longest)', code: `export * from './src/locales/ar.ts';`, external: [], budget: 4 },
  { name: 'the stylesheet', code: `import './src/style.css';`, external: [], budget: 6 },
];

/** Bytes of gzip: `initial` with the page, `later` by the name of what is loaded when it is needed. */
export async function measure({ code, external }) {
  // What a test runner sets would have Vite bundle for development.
  process.env.NODE_ENV = 'production';
  const entry = `${root}size-entry.js`;
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: ['@portage/source', 'module', 'browser', 'production'] },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: false,
      rollupOptions: {
        input: entry,
        external,
        preserveEntrySignatures: 'exports-only',
        output: { chunkFileNames: '[name].js' },
      },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const files = new Map(output.map((file) => [file.fileName, file]));
  const initial = new Set();
  const visit = (name) => {
    if (initial.has(name) || !files.has(name)) return;
    initial.add(name);
    for (const imported of files.get(name).imports ?? []) visit(imported);
  };
  // A worker's script is an asset too, but not of the page's first load.
  for (const file of output) if (file.isEntry || file.fileName.endsWith('.css')) visit(file.fileName);
  const sizeOf = ({ code: text, source, isEntry }) => {
    const body = text ?? source;
    // Of a stylesheet alone the entry is an empty script.
    return isEntry && body.trim() === '' ? 0 : gzipSync(body, { level: 9 }).length;
  };
  const later = [...files].flatMap(([name, file]) =>
    initial.has(name) ? [] : [[name.replace(/^assets\/|(-[\w-]{8})?\.js$/g, ''), sizeOf(file)]],
  );
  const sum = [...initial].reduce((total, name) => total + sizeOf(files.get(name)), 0);
  return { initial: sum, later: Object.fromEntries(later) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  let isOver = false;
  for (const entry of ENTRIES) {
    const { initial, later } = await measure(entry);
    const over = initial > entry.budget * 1000;
    isOver ||= over;
    console.log(`${over ? '✗' : '✓'} ${kB(initial).padStart(8)} of ${entry.budget} kB  ${entry.name}`);
    for (const [name, size] of Object.entries(later))
      console.log(`${kB(size).padStart(12)}  loaded when needed: ${name}`);
    const all = Object.values(later).reduce((sum, size) => sum + size, initial);
    if (all > initial) console.log(`${kB(all).padStart(12)}  everything that is ever loaded`);
  }
  process.exit(isOver ? 1 : 0);
}
