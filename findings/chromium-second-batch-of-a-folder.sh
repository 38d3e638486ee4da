#!/usr/bin/env bash
# Chromium's `FileSystemDirectoryReader.readEntries` (its version is printed; playwright-core 1.64.1), on Linux
#
# Somebody drops a folder of 3,000 files on a page, and the page reads its entries in batches.
# One would guess: batches of 100 to the end, as everybody writes who has seen the first; so a page that asks for all files of a
# batch at once asks for 100.
# What happens: the first batch is 100, and the next is whatever the browser has listed since: 2,900, where the page took half a
# second for the first. A page that asks without a pause gets 100 each time, so the case does not show on a developer's machine.
# Why it matters: the page is busy with the first files, and then `Promise.all` over a batch has thousands of answers arrive
# together, in one task that keeps the page from answering. Cut batches into slices of your own.
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
mkdir many
for number in $(seq 3000); do echo "$number" >"many/$number.txt"; done
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const client = await page.context().newCDPSession(page);

/** Drops the folder as a file manager does, and reads its entries with a pause after each batch, in milliseconds. */
async function batches(pause) {
  await page.evaluate((milliseconds) => {
    document.ondragover = (event) => event.preventDefault();
    window.sizes = undefined;
    document.ondrop = (event) => {
      event.preventDefault();
      const reader = event.dataTransfer.items[0].webkitGetAsEntry().createReader();
      const sizes = [];
      const next = () =>
        reader.readEntries((entries) => {
          sizes.push(entries.length);
          if (entries.length === 0) window.sizes = sizes;
          else if (milliseconds > 0) setTimeout(next, milliseconds);
          else next();
        });
      next();
    };
  }, pause);
  const data = { items: [], files: [`${process.cwd()}/many`], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await client.send('Input.dispatchDragEvent', { type, x: 50, y: 50, data });
  await page.waitForFunction(() => window.sizes, undefined, { timeout: 60_000 });
  return page.evaluate(() => window.sizes);
}

const busy = await batches(1000);
const short = (sizes) => (sizes.length > 6 ? `${sizes.slice(0, 4).join(', ')}, … (${sizes.length} batches)` : sizes.join(', '));
console.log(`Chromium ${browser.version()}: a dropped folder of 3,000 files, batches of readEntries`);
console.log('guess: 100, 100, 100, … (31 batches)');
console.log(`seen, asked without a pause:       ${short(await batches(0))}`);
console.log(`seen, a second of work after each: ${short(busy)}`);
await browser.close();
server.close();
process.exit(busy[0] === 100 && busy[1] > 1000 ? 0 : 1);
EOF
timeout 200 node run.mjs
