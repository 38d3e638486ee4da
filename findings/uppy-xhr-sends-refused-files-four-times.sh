#!/usr/bin/env bash
# @uppy/core 6.3.1 with @uppy/xhr-upload 6.0.0, in Chromium (its version is printed; playwright-core 1.64.1)
#
# A server refuses a file: 413 because it is too large, or 422 with `{"message":"Only PDF, please"}`.
# One would guess: the refusal is final; one request, and a message that has to do with it.
# What happens: the whole file is sent four times, and then the person reads "This looks like a network error, the endpoint might be
# blocked by an internet provider or a firewall."
# Why it matters: a video of 1 GB goes over the line four times to be refused four times, and the person looks for the fault in their
# network. `shouldRetry: (xhr) => xhr.status >= 500` ends the repetition; an error thrown in `onAfterResponse` brings its own words.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/xhr-upload@6.0.0 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import XHRUpload from '@uppy/xhr-upload'; Object.assign(window, { Uppy, XHRUpload });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
let requests = 0;
let bytes = 0;
const server = createServer(async (request, response) => {
  const size = Buffer.concat(await request.toArray()).length;
  if (request.url === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  requests += 1;
  bytes += size;
  response.writeHead(Number(request.url.slice(1)), { 'content-type': 'application/json' }).end('{"message":"Only PDF, please"}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
console.log(`@uppy/xhr-upload 6.0.0, Chromium ${browser.version()}: a file of 1 MiB is refused`);
console.log('guess: 1 request, the message tells of the refusal');
let same = true;
for (const status of [413, 422]) {
  requests = bytes = 0;
  const message = await page.evaluate(async (endpoint) => {
    const uppy = new Uppy().use(XHRUpload, { endpoint });
    uppy.addFile({ name: 'film.mp4', type: 'video/mp4', data: new Blob([new Uint8Array(2 ** 20)]) });
    return (await uppy.upload()).failed[0].error;
  }, `/${status}`);
  console.log(`seen:  status ${status}: ${requests} requests, ${bytes} bytes, "${message}"`);
  same &&= requests === 4 && bytes > 4 * 2 ** 20 && message.startsWith('This looks like a network error');
}
await browser.close();
process.exit(same ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
