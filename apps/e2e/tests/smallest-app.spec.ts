/** The smallest working app is that of the first recipe: its two snippets, as they stand there, with three lines to mount the page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { recipeOf } from '../../../scripts/release/recipes.mjs';
import { expect, MiB, test } from '../support/fixtures.ts';

const root = fileURLToPath(new URL('../.smallest/', import.meta.url));
const docs = readFileSync(fileURLToPath(new URL('../../../docs/first-upload.md', import.meta.url)), 'utf8');
const { files } = recipeOf(docs, 'Vite and React, server on plain Node');
const page = files.get('src/App.tsx') ?? '';
const server = files.get('server.mjs') ?? '';
const mount = `import { createRoot } from 'react-dom/client';
import App from './app.tsx';
createRoot(document.body).render(<App />);
`;

const lines = (code: string) => code.split('\n').filter((line) => line.trim() !== '').length;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

let child: ChildProcess | undefined;
test.afterEach(() => child?.kill());

test('has at most 25 lines on both sides, and stores a file', async ({ page: browser, folder, makeFile }) => {
  expect(lines(page)).toBeGreaterThan(3);
  expect(lines(server)).toBeGreaterThan(5);
  const count = lines(page) + lines(mount) + lines(server);
  console.log(`smallest app: ${lines(page) + lines(mount)} lines of page, ${lines(server)} of server`);
  expect(count).toBeLessThanOrEqual(25);

  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  writeFileSync(`${root}app.tsx`, page);
  writeFileSync(`${root}main.tsx`, mount);
  writeFileSync(`${root}index.html`, '<!doctype html><script type="module" src="./main.tsx"></script>');
  const port = await freePort();
  // The only change: not on the network.
  const listens = '.listen(port, ';
  expect(server).toContain(listens);
  writeFileSync(`${root}server.mjs`, server.replace(listens, ".listen(port, '127.0.0.1', "));
  // Vite has said `production` to this process when it built the pages.
  const env = { ...process.env, NODE_ENV: 'development', PORT: String(port), TMPDIR: folder };
  child = spawn(process.execPath, [`${root}server.mjs`], { stdio: 'inherit', env, cwd: folder });
  const shared = { configFile: false, root, logLevel: 'error' } as const;
  const conditions = ['@portage/source', 'module', 'browser', 'production'];
  await build({ ...shared, plugins: [react()], resolve: { conditions } });
  const proxy = { '/api': { target: `http://127.0.0.1:${port}` } };
  const served = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0, proxy } });
  try {
    const file = await makeFile('film.mp4', 20 * MiB);
    await browser.goto(served.resolvedUrls?.local[0] ?? '');
    await browser.locator('input[type=file]').setInputFiles(file.path);
    await expect(browser.locator('li[data-status=complete]')).toBeVisible();
    // The server has compared what is stored with what was sent; see `verifiedBy`.
    expect(await browser.evaluate(() => document.querySelector('li')?.textContent)).toContain('Uploaded');
  } finally {
    await served.close();
  }
});
