#!/usr/bin/env bash
# Chromium (its version is printed; seen in 156.0.8078.108; driven by playwright-core 1.64.1)
#
# A store speaks HTTP/2 under two names, which have one address and one certificate. A page uploads to both names at once.
# One would guess: whether a browser joins two names into one connection depends on address and certificate, so it is always one.
# What happens: where nothing was asked of either name before, the two get a connection each, and keep it for as long as it lives.
# Where one name was in use already, the other is joined to it: one connection.
# Why it matters: with packet loss, two connections carry twice what one does. Names that were added for that work on a fresh page,
# and not after a picture came from one of them, so a measurement on a fresh page tells little.
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
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=store \
  -addext 'subjectAltName=DNS:*.store.test' -keyout key.pem -out cert.pem 2>openssl.log || { cat openssl.log; exit 1; }
cat >run.mjs <<'JS'
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { chromium } from 'playwright-core';

const cert = readFileSync('cert.pem');
const carriers = new Set();
const store = createSecureServer({ key: readFileSync('key.pem'), cert });
store.on('request', (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Methods', 'PUT');
  if (request.method === 'PUT') carriers.add(request.stream.session);
  request.resume().on('end', () => setTimeout(() => response.end(), 500));
});
const page = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
);
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const [storePort, pagePort] = [await listen(store), await listen(page)];
const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
const browser = await chromium.launch({
  executablePath: process.env.BROWSER_EXECUTABLE,
  args: [
    '--no-sandbox',
    '--host-resolver-rules=MAP *.store.test 127.0.0.1',
    // As if somebody had signed it: with an error that is merely ignored, no name is joined.
    `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
  ],
});

async function count(isOneInUse) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`http://127.0.0.1:${pagePort}/`);
  const urls = ['a', 'b'].map((name) => `https://${name}.store.test:${storePort}/`);
  if (isOneInUse) await tab.evaluate(async (url) => void (await fetch(url)), urls[0]);
  const seen = [];
  for (let round = 0; round < 2; round++) {
    carriers.clear();
    await tab.evaluate((urls) => Promise.all(urls.map((url) => fetch(url, { method: 'PUT', body: new Blob(['a']) }))), urls);
    seen.push(carriers.size);
  }
  await context.close();
  return seen.join(', then ');
}

const [fresh, used] = [await count(false), await count(true)];
console.log(`Chromium ${browser.version()}; connections that carried a PUT, in two rounds:`);
console.log('guess: 1, then 1; the same where one name was in use before');
console.log(`seen:  ${fresh}; where one name was in use before: ${used}`);
await browser.close();
process.exit(fresh === '2, then 2' && used === '1, then 1' ? 0 : 1);
JS
timeout 120 node --no-warnings run.mjs
