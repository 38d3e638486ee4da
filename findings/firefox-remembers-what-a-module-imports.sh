#!/usr/bin/env bash
# Firefox (its version is printed; seen in 153.8.0esr; driven by playwright-core 1.64.1 over WebDriver BiDi)
#
# A page loads code late, by `import('./late.js')`, which imports `./shared.js`. A captive portal answers for `shared.js` once, with
# its login page. Then the network is well again.
# One would guess: Firefox keeps a module as failed, and whoever asks for it under another address (`late.js#2`) gets it anew.
# What happens: `late.js#2` is loaded, and fails at once. Its own import is the old address, which is never asked for again. No
# address of `late.js` helps for as long as the page lives. A module worker has a map of its own: there the same code loads.
# Why it matters: bundlers put what two late modules share into a file of its own, and Vite asks for it together with the one that
# needs it. So the second try that uploaders make in Firefox works in a small demo, and not in an app.
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
import { firefox } from 'playwright-core';

let asked = 0;
const files = {
  '/late.js': "import { value } from './shared.js'; export const late = value; globalThis.document || postMessage(late);",
  '/shared.js': "export const value = 'loaded';",
};
const server = createServer(({ url }, response) => {
  const isPortal = url === '/shared.js' && ++asked === 1;
  const code = isPortal ? undefined : files[url];
  response.writeHead(200, { 'content-type': code ? 'text/javascript' : 'text/html', 'cache-control': 'no-store' });
  response.end(code ?? '<!doctype html><h1>Welcome to our Wi-Fi</h1>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' });
console.log(`Firefox ${browser.version()}`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const load = (address) =>
  page.evaluate((address) => import(address).then(({ late }) => late, () => 'failed'), address);
const seen = [await load('/late.js'), await load('/late.js#2'), await load('/late.js?3')];
const askedByThePage = asked;
seen.push(
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const worker = new Worker('/late.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = () => resolve('failed');
      }),
  ),
);
await browser.close();
server.close();
console.log('late.js, then late.js#2, late.js?3, and late.js in a worker, where shared.js was a login page once');
console.log('expected: failed, loaded, loaded, loaded');
console.log(`seen: ${seen.join(', ')}; the page asked for shared.js ${askedByThePage} time(s)`);
process.exit(seen.join() === 'failed,failed,failed,loaded' && askedByThePage === 1 ? 0 : 1);
JS
timeout 120 node run.mjs
