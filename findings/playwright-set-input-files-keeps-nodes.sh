#!/usr/bin/env bash
# playwright-core 1.64.1, with Chromium (its version is printed; seen with 156.0.8078.108)
#
# A test of a page with an upload field opens and leaves it many times, picks a file each time with `setInputFiles`, and counts
# the page's nodes after a collection, to see that the page leaks none.
# One would guess: a handle that Playwright needs for one action is let go after it, and the nodes of a removed form go.
# What happens: each form whose field was set stays in the page's memory until it is navigated, with all its nodes, whether set
# through a locator or a handle that is disposed. `hover` on the same field keeps none, nor does DevTools' own
# `DOM.setFileInputFiles` with an object that is released.
# Why it matters: a soak of an upload page looks like a leak of the page's own, of a whole form for each pick.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
printf 'a film' >film.mp4
cat >run.mjs <<'JS'
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';

const ROUNDS = 100;
const film = resolve('film.mp4');
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
/** Nodes that the page holds more after the rounds than before. */
async function kept(act) {
  const page = await browser.newPage();
  await page.setContent('<div id="app"></div>');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const nodes = async () => {
    for (let times = 0; times < 3; times++) await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'Nodes').value;
  };
  const round = async () => {
    await page.evaluate(() => {
      document.querySelector('#app').innerHTML = `<form>${'<p>text</p>'.repeat(20)}<input type="file"></form>`;
    });
    await act(page, cdp);
    await page.evaluate(() => document.querySelector('#app').replaceChildren());
  };
  await round();
  const before = await nodes();
  for (let times = 0; times < ROUNDS; times++) await round();
  const after = await nodes();
  await page.close();
  return after - before;
}
const byLocator = await kept((page) => page.locator('input').setInputFiles(film));
const byHandle = await kept(async (page) => {
  const handle = await page.$('input');
  await handle.setInputFiles(film);
  await handle.dispose();
});
const byHover = await kept((page) => page.locator('input').hover());
const byDevTools = await kept(async (_, cdp) => {
  const { result } = await cdp.send('Runtime.evaluate', { expression: 'document.querySelector("input")' });
  await cdp.send('DOM.setFileInputFiles', { files: [film], objectId: result.objectId });
  await cdp.send('Runtime.releaseObject', { objectId: result.objectId });
});
console.log(`Chromium ${browser.version()}, playwright-core 1.64.1; ${ROUNDS} forms that came and went`);
console.log('guess: no nodes are kept');
console.log(`seen:  ${byLocator} nodes after setInputFiles of a locator, ${byHandle} of a handle that was disposed`);
console.log(`       ${byHover} after hover, ${byDevTools} after DevTools' DOM.setFileInputFiles`);
await browser.close();
process.exit(byLocator > 5 * ROUNDS && byHandle > 5 * ROUNDS && byHover < ROUNDS && byDevTools < ROUNDS ? 0 : 1);
JS
timeout 200 node --no-warnings run.mjs
