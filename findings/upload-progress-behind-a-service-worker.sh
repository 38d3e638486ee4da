#!/usr/bin/env bash
# Chromium and Firefox (versions are printed; seen in 156.0.8078.108 and 153.8.0esr; driven by playwright-core 1.64.1)
#
# A page uploads 1 MB by XMLHttpRequest to a store that takes two seconds for it. Its service worker answers every request with
# `respondWith(fetch(request))`, which changes nothing.
# One would guess: the upload tells of its progress as before, or at the least the same events come, late.
# What happens: Chromium fires none of `progress`, `load` and `loadend` at `xhr.upload`, ever, and Firefox no `progress`, but `load`
# at the moment of the answer. A dedicated worker of the page is no way around it; `navigator.serviceWorker`, which would tell it
# that somebody answers, is there in a worker in Firefox and not in Chromium. A service worker without `respondWith` changes nothing.
# Why it matters: an uploader that ends or repeats a request for its silence ends every slow one on a page that works offline, and
# its bar stands at 0 %. Code that counts on `load` of the upload before the answer waits for ever in Chromium.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$BROWSER_EXECUTABLE" ] || [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell)}
  FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr)}
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, firefox } from 'playwright-core';

const begin = 'self.oninstall = () => skipWaiting(); self.onactivate = (e) => e.waitUntil(clients.claim());';
const files = {
  '/answers.js': `${begin} self.onfetch = (e) => e.respondWith(fetch(e.request));`,
  '/listens.js': `${begin} self.onfetch = () => {};`,
  '/upload.js': `self.upload = () => new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    const seen = [];
    for (const type of ['progress', 'load']) xhr.upload.addEventListener(type, () => seen.push([type, performance.now()]));
    xhr.onload = () => {
      const early = (at) => (performance.now() - at > 1_000 ? 'early' : 'with the answer');
      const said = new Map(seen.map(([type, at]) => [type, type + ' ' + early(at)]));
      resolve([...said.values()].join(', ') || 'nothing');
    };
    xhr.open('PUT', '/store');
    xhr.send(new Blob([new Uint8Array(1_000_000)]));
  });`,
  '/worker.js': `importScripts('/upload.js');
    onmessage = async () => postMessage([await upload(), 'serviceWorker' in navigator]);`,
};
const server = createServer(async (request, response) => {
  if (request.method === 'PUT') {
    await request.resume().toArray();
    await delay(2_000);
  }
  const script = files[request.url];
  response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
  response.end(script ?? '<!doctype html><script src="/upload.js"></script>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

async function seenIn(browser) {
  const seen = {};
  for (const script of ['listens.js', 'answers.js']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(async (script) => {
      const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      await navigator.serviceWorker.register(script);
      if (!navigator.serviceWorker.controller) await controlled;
    }, script);
    seen[`${script}, page`] = await page.evaluate(() => window.upload());
    const [said, knows] = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const worker = new Worker('/worker.js');
          worker.onmessage = ({ data }) => resolve(data);
          worker.postMessage('go');
        }),
    );
    seen[`${script}, worker`] = said;
    seen['a worker has navigator.serviceWorker'] = String(knows);
    await context.close();
  }
  return seen;
}

const expected = {
  Chromium: ['nothing', 'nothing', 'false'],
  Firefox: ['load with the answer', 'load with the answer', 'true'],
};
const launched = {
  Chromium: await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] }),
  Firefox: await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' }),
};
let asTold = true;
for (const [name, browser] of Object.entries(launched)) {
  const seen = await seenIn(browser);
  console.log(`${name} ${browser.version()}`);
  console.log('guess: with answers.js the same events as with listens.js');
  for (const [what, said] of Object.entries(seen)) console.log(`seen:  ${what}: ${said}`);
  const [page, worker, knows] = expected[name];
  asTold &&= seen['answers.js, page'] === page && seen['answers.js, worker'] === worker;
  asTold &&= seen['a worker has navigator.serviceWorker'] === knows && seen['listens.js, page'].includes('progress');
  await browser.close();
}
process.exit(asTold ? 0 : 1);
JS
timeout 180 node --no-warnings run.mjs
