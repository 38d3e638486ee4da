/** What a large file costs in memory, measured at the operating system: of the page, and of server and store. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness } from '../support/harness.ts';

const GiB = 1024 * MiB;
const SIZE = Number(process.env['PORTAGE_MEMORY_GIB'] ?? 2) * GiB;
const MOCK_BACKEND = new URL('../../mock-backend/dist/index.js', import.meta.url).href;
/** In a process of its own, whose memory is its own; unlike the one for development it lets pages of any origin call. */
const BACKEND = `
  const { startBackend } = await import(${JSON.stringify(MOCK_BACKEND)});
  const { uploadsUrl } = await startBackend({ dataDir: process.env.PORTAGE_DATA_DIR, origins: '*' });
  console.log('upload API', uploadsUrl);
`;

test('a 2 GiB file never sits in memory: not in the page, not in the server, not in the store', async ({
  page,
  browser,
  serve,
  makeFile,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  test.setTimeout(300_000 + (SIZE / GiB) * 60_000);
  const file = await makeFile('film.mp4', SIZE, { sparse: true });
  const backend = await startBackendProcess(folder);
  try {
    const uploading = await openHarness(page, await serve('harness'), { endpoint: backend.uploadsUrl });
    const pids = await pagePids(browser);
    const before = { page: residentBytes(pids), backend: residentBytes([backend.pid]) };
    const most = { ...before };
    const watch = setInterval(() => {
      most.page = Math.max(most.page, residentBytes(pids));
      most.backend = Math.max(most.backend, residentBytes([backend.pid]));
    }, 50);
    await uploading.add(file);
    const started = Date.now();
    await uploading.start();
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    clearInterval(watch);
    const seconds = (Date.now() - started) / 1000;
    const figures = {
      'file MiB': SIZE / MiB,
      seconds,
      'MiB/s': SIZE / MiB / seconds,
      'page before MiB': before.page / MiB,
      'page most MiB': most.page / MiB,
      'server and store before MiB': before.backend / MiB,
      'server and store most MiB': most.backend / MiB,
    };
    console.log(
      Object.entries(figures)
        .map(([name, value]) => `${name}: ${value.toFixed(0)}`)
        .join(', '),
    );
    // Six parts on their way, one more, and what the worker that sends and sums up takes itself.
    expect(most.page - before.page).toBeLessThan(7 * 8 * MiB + 30 * MiB);
    expect(most.backend).toBeLessThan(250 * MiB);
  } finally {
    await backend.stop();
  }
});

async function startBackendProcess(dataDir: string) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', BACKEND], {
    env: { ...process.env, PORTAGE_DATA_DIR: `${dataDir}/store` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout, pid } = child;
  if (!stdout || !pid) throw new Error('The backend did not start.');
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let uploadsUrl: string | undefined;
  for await (const line of createInterface({ input: stdout })) {
    uploadsUrl = /upload API\s+(\S+)/.exec(line)?.[1];
    if (uploadsUrl) break;
  }
  if (!uploadsUrl) throw new Error('The backend ended without telling its address.');
  stdout.resume();
  return {
    pid,
    uploadsUrl,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The browser's processes but for the browser itself and its GPU: renderers and utilities, such as the network's. */
async function pagePids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'utility').map(({ id }) => id);
}

function residentBytes(pids: readonly number[]): number {
  const kibibytes = pids.map((pid) => {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kibibytes.reduce((sum, value) => sum + value, 0) * 1024;
}
