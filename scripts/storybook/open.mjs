/** A built Storybook in a browser, for the scripts beside this one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { ensureBrowser } from '../browser.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** @returns Its entries in their order, a way to open pages, and what ends it all. */
export async function openStorybook() {
  const { entries } = JSON.parse(readFileSync(join(ROOT, 'storybook-static/index.json'), 'utf8'));
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: { outDir: 'storybook-static' },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const browser = await chromium.launch({ executablePath: ensureBrowser() });
  return {
    entries: Object.values(entries),
    url: `http://127.0.0.1:${server.httpServer.address().port}/`,
    newPage: (options) => browser.newPage(options),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Shows a story as a visitor who chooses it, and waits until it has played; with `plays: false` it does not play. */
export async function showStory(page, id, { plays = true } = {}) {
  await page.evaluate(
    ([storyId, isPlayed]) =>
      new Promise((resolve, reject) => {
        const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
        const end = () => {
          channel.off('storyRenderPhaseChanged', onPhase);
          channel.off('storyFinished', onFinished);
        };
        const onPhase = ({ storyId: of, newPhase }) => {
          if (of !== storyId || newPhase !== 'playing' || isPlayed) return;
          end();
          globalThis.__STORYBOOK_PREVIEW__.currentRender.cancelPlayFunction();
          resolve(undefined);
        };
        const onFinished = ({ storyId: of, status }) => {
          if (of !== storyId) return;
          end();
          if (status === 'error') reject(new Error(`${storyId} did not play to its end.`));
          else resolve(undefined);
        };
        channel.on('storyRenderPhaseChanged', onPhase);
        channel.on('storyFinished', onFinished);
        channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
      }),
    [id, plays],
  );
}
