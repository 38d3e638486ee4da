#!/usr/bin/env bash
# file-selector 5.0.1, which react-dropzone 20.1.4 finds its files with, in Chromium (its version is printed; playwright-core 1.64.1)
#
# Somebody picks "report.docx" on a system without an office suite. It has no type for such files, so the browser's File has an empty
# one. The app asks its server to sign a PUT for `file.type`, and sends the File.
# One would guess: the type that react-dropzone's File tells is the type that it is sent with.
# What happens: file-selector knows the type by the extension and writes it over the property `type`, a Word document here. The Blob
# inside keeps its empty one. So `file.type` says one thing; the request says nothing, a form says application/octet-stream, and a
# slice, a copy on its way to a worker or out of IndexedDB have no type (nor the `path` that was added).
# Why it matters: a signature for that type does not fit the request that is sent, and the store answers 403 for some kinds of file,
# on some people's systems. Send the header yourself, or make it true: `new File([file], file.name, { type: file.type })`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts file-selector@5.0.1 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import { fromEvent } from 'file-selector'; Object.assign(window, { fromEvent });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
const server = createServer(async (request, response) => {
  const body = await new Response(ReadableStream.from(request)).text();
  if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title><input type="file">');
  const type = request.headers['content-type'];
  response.end(type?.startsWith('multipart/') ? /content-type: (\S+)/i.exec(body)[1] : (type ?? 'none'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const seen = await page.evaluate(async () => {
  const input = document.querySelector('input');
  // As a system without an office suite hands it over: the name, and no type.
  const picked = new DataTransfer();
  picked.items.add(new File(['a report'], 'report.docx'));
  input.files = picked.files;
  const before = input.files[0].type || 'none';
  const [file] = await window.fromEvent({ target: input });
  const send = async (method, body) => (await fetch('/', { method, body })).text();
  const form = new FormData();
  form.append('file', file);
  return {
    'the File as the browser gave it': before,
    'file.type afterwards': file.type,
    'PUT of the file': await send('PUT', file),
    'POST of a form with it': await send('POST', form),
    'a slice of it': file.slice(0, 1).type || 'none',
    'a copy, as a worker or IndexedDB gets it': structuredClone(file).type || 'none',
    'PUT of a new File with that type': await send('PUT', new File([file], file.name, { type: file.type })),
  };
});
console.log(`file-selector 5.0.1, Chromium ${browser.version()}: the type of report.docx`);
console.log('guess: the same everywhere, once the library has set it');
for (const [where, type] of Object.entries(seen)) console.log(`seen:  ${type} (${where})`);
await browser.close();
const type = seen['file.type afterwards'];
process.exit(type !== 'none' && Object.values(seen).join() === ['none', type, 'none', 'application/octet-stream', 'none', 'none', type].join() ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
