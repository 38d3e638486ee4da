#!/usr/bin/env bash
# Chromium (its version is printed; seen in 156.0.8078.108; driven by playwright-core 1.64.1)
#
# A page makes files of 16 MiB (recordings, compressed photos), one after the other. A worker gets each, takes its parts by
# `slice`, as an uploader does, and both forget it.
# One would guess: what nobody holds any more takes no room, and this goes on for ever.
# What happens: to the worker's collector a Blob is a few bytes, so it never runs, and each slice of a file in memory is a copy.
# After less than 2 GiB (of files and slices together) no new file of the page can be read: NotReadableError, "typically due to
# permission problems", the same as of a file on the disk that was changed. With a buffer of 64 MiB, made and dropped
# for each 64 MiB of slices, the collector runs, and all goes well.
# Why it matters: the 60th photo of a batch "cannot be read" or "has changed", though nothing is wrong with it.
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
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
/** How many files could be read; 150 are 2.4 GiB. */
async function readable(isCollected) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const count = await page.evaluate(async (isCollected) => {
    const MiB = 2 ** 20;
    const code = `onmessage = async ({ data: file }) => {
      try {
        for (const use of ['sum', 'send'])
          for (const half of [0, 1]) await file.slice(half * 8 * ${MiB}, (half + 1) * 8 * ${MiB}).slice(-1).arrayBuffer();
        if (${isCollected}) new ArrayBuffer(4 * file.size);
        postMessage('read');
      } catch ({ name }) {
        postMessage(name);
      }
    }`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    for (let made = 0; made < 150; made++) {
      const file = new File([new Uint8Array(16 * MiB).fill(made)], 'photo.jpg');
      const answer = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
      worker.postMessage(file);
      const read = await answer;
      if (read !== 'read') return `${made} files of 16 MiB, then ${read}`;
    }
    return 'all of 150 files of 16 MiB';
  }, isCollected);
  await page.close();
  return count;
}
console.log(`Chromium ${browser.version()}`);
console.log('guess: all of 150 files of 16 MiB');
const seen = await readable(false);
console.log(`seen:  ${seen}`);
const collected = await readable(true);
console.log(`seen, where the worker makes and drops buffers: ${collected}`);
await browser.close();
process.exit(/^\d+ files.*NotReadableError/.test(seen) && collected.startsWith('all') ? 0 : 1);
JS
timeout 200 node --no-warnings run.mjs
