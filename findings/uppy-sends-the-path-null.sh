#!/usr/bin/env bash
# @uppy/core 6.3.1, @uppy/drag-drop 6.0.0, @uppy/tus 6.0.0, @uppy/xhr-upload 6.0.0, @tus/server 2.4.5, in Chromium (its version is
# printed)
#
# Somebody picks one file, no folder. The server keeps folders: where there is a `relativePath` among the fields, it stores the file
# under it.
# One would guess: a file without a folder comes without `relativePath`, or with an empty one.
# What happens: DragDrop sets `meta.relativePath` to null, and both uploaders send each field as text. The server gets the four
# letters "null", for every single file; a field that is undefined arrives as "undefined", an object as "[object Object]".
# Why it matters: files land in a folder named "null", or their names do. Look for these words on the server, or name the fields to
# send with `allowedMetaFields`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/drag-drop@6.0.0 @uppy/tus@6.0.0 @uppy/xhr-upload@6.0.0 @tus/server@2.4.5 @tus/file-store@2.1.1 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import DragDrop from '@uppy/drag-drop'; import Tus from '@uppy/tus'; import XHRUpload from '@uppy/xhr-upload';
Object.assign(window, { Uppy, DragDrop, Tus, XHRUpload });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
mkdirSync('uploads');
writeFileSync('picture.txt', 'hello');
const seen = {};
const onUploadFinish = async (_request, upload) => {
  seen.Tus = upload.metadata.relativePath;
  return {};
};
const tus = new Server({ path: '/tus', datastore: new FileStore({ directory: './uploads' }), onUploadFinish });
const server = createServer(async (request, response) => {
  if (request.url.startsWith('/tus')) return tus.handle(request, response);
  const body = Buffer.concat(await request.toArray()).toString();
  if (request.url === '/form') {
    seen.XHRUpload = /name="relativePath"\r\n\r\n(.*)\r\n/.exec(body)?.[1];
    return response.end('{"url":"/file"}');
  }
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><div id="drop"></div>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
for (const [plugin, endpoint] of [['Tus', '/tus'], ['XHRUpload', '/form']]) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.addScriptTag({ content: script });
  await page.evaluate(([name, address]) => {
    window.uppy = new Uppy().use(DragDrop, { target: '#drop' }).use(window[name], { endpoint: address });
    window.picked = new Promise((resolve) => window.uppy.on('file-added', resolve));
  }, [plugin, endpoint]);
  await page.locator('#drop input[type=file]').setInputFiles('picture.txt');
  await page.evaluate(async () => {
    await window.picked;
    await window.uppy.upload();
  });
  await page.close();
}
console.log(`@uppy/drag-drop 6.0.0, Chromium ${browser.version()}: one file is picked; relativePath as the server gets it`);
console.log('guess: not there');
console.log(`seen:  ${JSON.stringify(seen)}`);
await browser.close();
process.exit(seen.Tus === 'null' && seen.XHRUpload === 'null' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
