#!/usr/bin/env bash
# valtio 2.3.2, in Chromium (its version is printed; playwright-core 1.64.1)
#
# A React page keeps the picked file in its state, `state.file = input.files[0]`, and uploads it from there: `fetch(url, { method:
# 'PUT', body: state.file })`.
# One would guess: the file is sent; or, since valtio puts a proxy around objects, an error.
# What happens: valtio leaves out what it knows to be special (Date, Map, Promise ...), and a File is not among it. What it gives back
# is still `instanceof File`, but to the browser it is no file any more, so that it is made a text: fetch, XMLHttpRequest, FormData
# and Blob send the 13 letters "[object File]". A snapshot does the same.
# Why it matters: the store says 200, and the file is gone. Only who reads `state.file.name` gets an error ("Illegal invocation").
# `ref(file)` keeps it as it is.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts valtio@2.3.2 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import { proxy, ref, snapshot } from 'valtio/vanilla'; Object.assign(window, { proxy, ref, snapshot });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
const server = createServer(async (request, response) => {
  if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  response.end(Buffer.concat(pieces));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const seen = await page.evaluate(async () => {
  const file = new File(['the bytes of the file'], 'a.txt', { type: 'text/plain' });
  const state = proxy({ file: null, kept: null });
  state.file = file;
  state.kept = ref(file);
  const byXhr = (body) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('PUT', '/');
      xhr.onload = () => resolve(`${xhr.status} ${xhr.responseText}`);
      xhr.send(body);
    });
  const byFetch = async (body) => {
    const response = await fetch('/', { method: 'PUT', body });
    return `${response.status} ${await response.text()}`;
  };
  const form = new FormData();
  form.append('file', state.file);
  return {
    'the file itself': await byFetch(file),
    'ref(file)': await byFetch(state.kept),
    'state.file': await byFetch(state.file),
    'state.file, XMLHttpRequest': await byXhr(state.file),
    'snapshot(state).file': await byFetch(snapshot(state).file),
    'state.file in a Blob': await byFetch(new Blob([state.file])),
    'state.file in a form': `200 ${form.get('file')}`,
    'state.file instanceof File': String(state.file instanceof File),
  };
});
console.log(`valtio 2.3.2, Chromium ${browser.version()}`);
console.log('guess: 200 the bytes of the file');
for (const [way, text] of Object.entries(seen)) console.log(`seen:  ${way}: ${text}`);
await browser.close();
const { 'the file itself': plain, 'ref(file)': kept, 'state.file instanceof File': is, ...others } = seen;
process.exit(plain === '200 the bytes of the file' && kept === plain && is === 'true' && Object.values(others).every((text) => text === '200 [object File]') ? 0 : 1);
END
timeout 100 node --no-warnings run.mjs
