// Bundles an app with each bundler as a user does, from the built packages, and uploads 20 MiB with it in Chromium: the
// worker must be found where the bundler knows workers. Run by `npm run test:bundlers`.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startBackend } from '@portage/mock-backend';
import * as vite from 'vite';
import webpack from 'webpack';
import { launchOptions } from '../../../scripts/browser.mjs';

const SIZE = 20 * 1024 * 1024;
const root = join(import.meta.dirname, '../bundlers');
const folder = mkdtempSync(join(tmpdir(), 'portage-bundlers-'));
const loopback = { host: '127.0.0.1', port: 0 };

async function serveBuilt(outDir) {
  const server = await vite.preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: loopback,
  });
  return { url: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}

/** Each bundles and serves. `worker`: whether it takes `new Worker(new URL(…, import.meta.url))` along. */
const BUNDLERS = [
  {
    name: 'Vite, built',
    worker: true,
    async serve() {
      const outDir = join(folder, 'vite');
      await vite.build({ configFile: false, root, logLevel: 'warn', build: { outDir } });
      return serveBuilt(outDir);
    },
  },
  {
    name: 'Vite, in development',
    worker: true,
    async serve() {
      const cacheDir = join(folder, 'vite-cache');
      // As packages from the registry are, ours are bundled ahead; in this workspace they are links.
      const optimizeDeps = { include: ['@portage/uppy', '@uppy/core'] };
      const server = await vite.createServer({ configFile: false, root, cacheDir, optimizeDeps, server: loopback });
      await server.listen();
      return { url: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
    },
  },
  {
    name: 'webpack',
    worker: true,
    async serve() {
      const path = join(folder, 'webpack');
      const config = { mode: 'production', context: root, entry: './main.js', output: { path, filename: 'main.js' } };
      const stats = await new Promise((resolve, reject) =>
        webpack(config, (error, result) => (error ? reject(error) : resolve(result))),
      );
      if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
      writeFileSync(join(path, 'index.html'), '<!doctype html><script src="main.js"></script>');
      return serveBuilt(path);
    },
  },
  {
    // esbuild leaves the address of the worker as it is, where there is nothing then: the page sends by itself.
    name: 'esbuild',
    worker: false,
    async serve() {
      const { build } = await import('esbuild');
      const outdir = join(folder, 'esbuild');
      const options = { bundle: true, splitting: true, format: 'esm', minify: true, logLevel: 'warning' };
      await build({ ...options, entryPoints: [join(root, 'main.js')], outdir });
      writeFileSync(join(outdir, 'index.html'), '<!doctype html><script type="module" src="main.js"></script>');
      return serveBuilt(outdir);
    },
  },
];

const expected = createHash('sha256')
  .update(new Uint8Array(SIZE).map((_, index) => index % 251))
  .digest('hex');
const backend = await startBackend({ log: () => {}, origins: '*' });
const browser = await chromium.launch(launchOptions());
try {
  for (const { name, worker, serve } of BUNDLERS) {
    const served = await serve();
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'uploadTo' in globalThis);
    const upload = ([endpoint, size]) => globalThis.uploadTo(endpoint, size);
    const { key, byWorker } = await page.evaluate(upload, [backend.uploadsUrl, SIZE]);
    if ((await backend.store.sha256(backend.bucket, key)) !== expected) throw new Error(`${name}: other bytes arrived`);
    const sender = byWorker ? 'a worker' : 'the page';
    console.log(`${byWorker === worker ? '✓' : '✗'} ${name}: 20 MiB arrived byte for byte, sent by ${sender}.`);
    if (byWorker !== worker) process.exitCode = 1;
    await page.close();
    await served.close();
  }
} finally {
  await browser.close();
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
}
