#!/usr/bin/env bash
# Chromium (its version is printed; seen in 156.0.8078.108; driven by playwright-core 1.64.1)
#
# Local Network Access: a page names the address space that it means, and Chromium ends a request that goes to another one,
# before a byte is sent. So `fetch(url, { targetAddressSpace: 'public' })` tells whether a host is public.
# One would guess: so a page on this machine finds out that its own host is not public.
# What happens: to the page's own origin the request passes, wherever that is; to another port of the same host it is refused.
# Each page looks public to itself. A worker of a `data:` URL has no origin, and there the own host is refused as it should be.
# Why it matters: an uploader that sees a store on 10.x and a silent request says "your browser asks for leave" and waits for
# ever, on an intranet where the browser asks nothing and the store is down.
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

async function serve() {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}
const [own, other] = [await serve(), await serve()];
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
console.log(`Chromium ${browser.version()}`);
const page = await browser.newPage();
await page.goto(own);
const seen = await page.evaluate(
  async ([own, other]) => {
    const ask = `(url) => fetch(url, { method: 'HEAD', mode: 'no-cors', targetAddressSpace: 'public' }).then(() => 'passes', () => 'refused')`;
    const here = new Function(`return ${ask}`)();
    const code = `(${ask})(${JSON.stringify(own)}).then((told) => postMessage(told))`;
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`);
    const elsewhere = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    return { own: await here(own), other: await here(other), ownByAWorkerWithoutOrigin: await elsewhere };
  },
  [own, other],
);
await browser.close();
console.log('A page on 127.0.0.1 asks for what it says to be public.');
console.log('expected: refused, refused, refused');
console.log(`seen: the own origin ${seen.own}, another port ${seen.other}, the own origin from a worker without one ${seen.ownByAWorkerWithoutOrigin}`);
const asTold = seen.own === 'passes' && seen.other === 'refused' && seen.ownByAWorkerWithoutOrigin === 'refused';
process.exit(asTold ? 0 : 1);
JS
timeout 120 node run.mjs
