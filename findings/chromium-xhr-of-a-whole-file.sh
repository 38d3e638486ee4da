#!/usr/bin/env bash
# Chromium (its version is printed; seen in 156.0.8078.108; driven by playwright-core 1.64.1)
#
# A picked file is saved again while the page has it. Then it is uploaded, once as the File itself, once as
# `file.slice(0, file.size)`, which is the same bytes.
# One would guess: both fail, as the File API wants it of a file that has changed, and as reads of it do.
# What happens: the slice fails. The File is sent with its new bytes, and nobody hears of it. A File that was cloned before, as on
# its way to a worker, is compared: but in whole seconds, so what is saved twice in a second is sent all the same.
# Why it matters: a page that relies on Chromium to notice changes has to send slices, also of a file that goes in one request. Its
# checksum, its preview and its size may be those of bytes that were never sent.
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
import { utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(request.method === 'PUT' ? body.slice(0, 3) : '<!doctype html><input type="file">');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
/** Uploads a file that was written again `seconds` after the first time. */
async function upload(name, seconds, isCloned) {
  const at = 1_700_000_000.25;
  writeFileSync(name, 'old'.repeat(1_000));
  utimesSync(name, at, at);
  await page.locator('input').setInputFiles(name);
  const read = () =>
    page.evaluate(() => document.querySelector('input').files[0].arrayBuffer().then(() => 'read', ({ name }) => name));
  await read();
  if (isCloned) await page.evaluate(() => void structuredClone(document.querySelector('input').files[0]));
  writeFileSync(name, 'new'.repeat(1_000));
  utimesSync(name, at + seconds, at + seconds);
  const sent = await page.evaluate(async () => {
    const [file] = document.querySelector('input').files;
    const put = (body) =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.open('PUT', '/');
        xhr.onload = () => resolve(`sends "${xhr.responseText}"`);
        xhr.onerror = () => resolve('fails');
        xhr.send(body);
      });
    return `the File ${await put(file)}, its slice ${await put(file.slice(0, file.size))}`;
  });
  return `${sent}, a read of it: ${await read()}`;
}
const guess = 'the File fails, its slice fails, a read of it: NotReadableError';
const sends = guess.replace('the File fails', 'the File sends "new"');
const plain = await upload('plain.txt', 2, false);
const cloned = await upload('cloned.txt', 2, true);
const soon = await upload('soon.txt', 0.5, true);
console.log(`Chromium ${browser.version()}`);
console.log(`guess: ${guess}`);
console.log(`seen, changed after 2 s:                 ${plain}`);
console.log(`seen, changed after 2 s, cloned before:  ${cloned}`);
console.log(`seen, changed after half a second, same: ${soon}`);
await browser.close();
process.exit(plain === sends && cloned === guess && soon === sends ? 0 : 1);
JS
timeout 120 node --no-warnings run.mjs
