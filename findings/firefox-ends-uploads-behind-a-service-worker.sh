#!/usr/bin/env bash
# Firefox (its version is printed; seen in 153.8.0esr; driven by playwright-core 1.64.1 over WebDriver BiDi)
#
# A page's service worker answers requests with `respondWith(fetch(request))`. The page uploads to a store that takes the bytes of a
# slow phone: 80 s for one request. Nothing else happens on the page.
# One would guess: a service worker lives for as long as it is answering; `respondWith` keeps it, as `waitUntil` does.
# What happens: after about 60 s Firefox ends the service worker, since no event came meanwhile, and the upload fails as a network
# error, each time anew. Where the page says a word to it every 20 s (`controller.postMessage`), the same upload is answered.
# Why it matters: on a page that works offline, requests of more than a minute never come through in Firefox, however often they are
# repeated. Parts have to be small, or the service worker has to be kept awake, or not answer uploads.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  FIREFOX_EXECUTABLE=$(command -v firefox-esr)
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { firefox } from 'playwright-core';

const worker = `self.oninstall = () => skipWaiting(); self.onactivate = (e) => e.waitUntil(clients.claim());
  self.onfetch = (e) => e.respondWith(fetch(e.request));`;
const server = createServer(async (request, response) => {
  if (request.method === 'PUT') {
    await request.resume().toArray();
    await delay(80_000);
  }
  const isScript = request.url === '/worker.js';
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
  response.end(isScript ? worker : '<!doctype html>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' });

/** Each in a profile of its own, with a service worker of its own. */
async function upload(isKeptAwake) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return page.evaluate(async (isKeptAwake) => {
    const { serviceWorker } = navigator;
    const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
    await serviceWorker.register('/worker.js');
    if (!serviceWorker.controller) await controlled;
    if (isKeptAwake) setInterval(() => serviceWorker.controller.postMessage({}), 20_000);
    const begun = performance.now();
    return new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      const end = ({ type }) => resolve({ end: type, seconds: (performance.now() - begun) / 1_000 });
      xhr.onload = end;
      xhr.onerror = end;
      xhr.open('PUT', '/store');
      xhr.send(new Blob([new Uint8Array(100_000)]));
    });
  }, isKeptAwake);
}
const [left, kept] = await Promise.all([upload(false), upload(true)]);
const words = ({ end, seconds }) => `${end} after ${Math.round(seconds)} s`;
console.log(`Firefox ${browser.version()}`);
console.log('guess: load after 80 s, both times');
console.log(`seen:  left alone: ${words(left)}; a message every 20 s: ${words(kept)}`);
await browser.close();
process.exit(left.end === 'error' && left.seconds < 75 && kept.end === 'load' ? 0 : 1);
JS
timeout 170 node --no-warnings run.mjs
