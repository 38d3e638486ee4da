#!/usr/bin/env bash
# Chromium (its version is printed; seen in 156.0.8078.108)
#
# A page with a service worker that answers, as of many apps that work offline: `event.respondWith(fetch(event.request))`.
# The page makes photos of 16 MiB in memory, sends each with a PUT, and forgets it.
# One would guess: a body that is sent and that nobody holds takes no room, with a service worker or without.
# What happens: the browser keeps each Blob that went through the worker until the worker ends, and it ends 30 s after its
# last request. In a window without a profile (incognito), where blobs cannot go to the disk, after 2 GiB no Blob of the page can
# be read any more: NotReadableError. The same bytes, sent as an ArrayBuffer, are freed; so are those without a worker.
# Why it matters: the 400th photo of a batch "cannot be read", though nothing is wrong with it, and only in apps with a worker.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
cat >run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';

const COUNT = 140;
const MiB = 2 ** 20;
const html = `<!doctype html><script type="module">
const { hash } = location;
const say = (text) => fetch('/say', { method: 'POST', body: text });
if (hash !== '#plain') {
  const { serviceWorker } = navigator;
  const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  await serviceWorker.register('/worker.js');
  if (!serviceWorker.controller) await controlled;
}
let seen = 'all of ${COUNT} photos';
for (let made = 0; made < ${COUNT}; made++) {
  const bytes = new Uint8Array(16 * ${MiB}).fill(made);
  const sent = await fetch('/photo', { method: 'PUT', body: hash === '#bytes' ? bytes : new Blob([bytes]) }).then(
    (response) => response.text(),
    ({ message }) => message,
  );
  const read = await new Blob([bytes]).slice(-1).arrayBuffer().then(() => 'read', ({ name }) => name);
  if (sent === String(bytes.length) && read === 'read') continue;
  seen = made + ' photos, then ' + read;
  break;
}
say(seen);
</script>`;
const worker = `oninstall = () => skipWaiting();
onactivate = (event) => event.waitUntil(clients.claim());
onfetch = (event) => event.respondWith(fetch(event.request));`;
let tell = () => {};
const server = createServer(async (request, response) => {
  let bytes = 0;
  let text = '';
  for await (const piece of request) {
    bytes += piece.length;
    if (request.url === '/say') text += piece;
  }
  if (text) tell(text);
  const type = { '/': 'text/html', '/worker.js': 'text/javascript' }[request.url] ?? 'text/plain';
  response.setHeader('content-type', type);
  response.end({ '/': html, '/worker.js': worker }[request.url] ?? String(bytes));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

/** No developer tools are attached: they keep a worker alive, and what was sent. */
async function seenBy(kind) {
  const profile = join(process.cwd(), kind);
  const args = ['--headless', '--no-sandbox', '--incognito', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const told = new Promise((resolve) => (tell = resolve));
  const browser = spawn(process.env.BROWSER_EXECUTABLE, [...args, `http://127.0.0.1:${server.address().port}/#${kind}`], {
    stdio: 'ignore',
    detached: true,
  });
  const late = new Promise((resolve) => setTimeout(resolve, 240_000, 'nothing in 240 s').unref());
  const seen = await Promise.race([told, late]);
  process.kill(-browser.pid, 'SIGTERM');
  await once(browser, 'exit');
  return seen;
}
const version = spawn(process.env.BROWSER_EXECUTABLE, ['--version'], { stdio: ['ignore', 'inherit', 'ignore'] });
await once(version, 'exit');
console.log(`guess: all of ${COUNT} photos`);
const blobs = await seenBy('blobs');
console.log(`seen:  ${blobs}`);
const plain = await seenBy('plain');
console.log(`seen without a service worker: ${plain}`);
const bytes = await seenBy('bytes');
console.log(`seen with an ArrayBuffer:      ${bytes}`);
server.close();
process.exit(/^\d+ photos, then NotReadableError/.test(blobs) && plain.startsWith('all') && bytes.startsWith('all') ? 0 : 1);
JS
timeout 800 node --no-warnings run.mjs
