#!/usr/bin/env bash
# Chromium and Firefox (their versions are printed; seen in 156.0.8078.108 and 153.8.0esr; driven by playwright-core 1.64.1)
#
# A page PUTs two files at once to a store of another origin that speaks HTTP/2: one with credentials, one without.
# One would guess: the same in every browser, since the Fetch Standard keeps connections with and without credentials apart
# (or else, since HTTP/2 has one connection to a host, that there is one).
# What happens: Chromium opens two connections, Firefox sends both over one.
# Why it matters: in Chromium a preflight never has credentials, so an upload with them pays for two TLS handshakes; and with packet
# loss two connections carry twice what one does. Whoever measures this in one browser is wrong about the other.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$BROWSER_EXECUTABLE" ] || [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
  FIREFOX_EXECUTABLE=$(command -v firefox-esr)
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2>openssl.log || { cat openssl.log; exit 1; }
cat >run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { chromium, firefox } from 'playwright-core';

let carriers = new Set();
const store = createSecureServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') });
store.on('request', (request, response) => {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Methods', 'PUT');
  if (request.method === 'PUT') carriers.add(request.stream.session);
  // Both are on their way at once.
  request.resume().on('end', () => setTimeout(() => response.end(), 500));
});
const page = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
);
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const [storePort, pagePort] = [await listen(store), await listen(page)];

async function count(browser) {
  carriers = new Set();
  const tab = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await tab.goto(`http://127.0.0.1:${pagePort}/`);
  const protocols = await tab.evaluate(async (url) => {
    const put = (credentials) => fetch(`${url}${credentials}`, { method: 'PUT', body: new Blob(['a']), credentials });
    return (await Promise.all([put('include'), put('omit')])).map(({ status }) => status);
  }, `https://localhost:${storePort}/`);
  const seen = `${carriers.size} (${protocols.join(', ')})`;
  const version = browser.version();
  await browser.close();
  return [version, seen];
}

const [chromiumVersion, inChromium] = await count(
  await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] }),
);
const [firefoxVersion, inFirefox] = await count(
  await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' }),
);
console.log(`Chromium ${chromiumVersion}, Firefox ${firefoxVersion}; connections that carried a PUT (statuses):`);
console.log('guess: the same in both');
console.log(`seen:  Chromium ${inChromium}, Firefox ${inFirefox}`);
process.exit(inChromium === '2 (200, 200)' && inFirefox === '1 (200, 200)' ? 0 : 1);
JS
timeout 120 node --no-warnings run.mjs
