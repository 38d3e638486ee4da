/** A built Storybook in a browser, for the scripts beside this one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { ensureBrowser } from '../browser.mjs';
import { play } from './in-page.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** @returns The entries of a built Storybook in their order, its address, and what ends it. */
export async function serveStorybook() {
  const { entries } = JSON.parse(readFileSync(join(ROOT, 'storybook-static/index.json'), 'utf8'));
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: { outDir: 'storybook-static' },
    preview: { host: '127.0.0.1', port: 0 },
  });
  return {
    entries: Object.values(entries),
    url: `http://127.0.0.1:${server.httpServer.address().port}/`,
    close: () => server.close(),
  };
}

/** @returns Its entries in their order, a way to open pages, and what ends it all. */
export async function openStorybook() {
  const { close, ...storybook } = await serveStorybook();
  const browser = await chromium.launch({ executablePath: ensureBrowser() });
  return {
    ...storybook,
    newPage: (options) => browser.newPage(options),
    async close() {
      await browser.close();
      await close();
    },
  };
}

/** Shows a story as a visitor who chooses it, and waits until it has played; with `plays: false` it does not play. */
export const showStory = (page, id, { plays = true } = {}) => page.evaluate(play, [id, plays]);
