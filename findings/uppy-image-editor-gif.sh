#!/usr/bin/env bash
# @uppy/core 6.3.1 with @uppy/image-editor 5.0.0, in Chromium (its version is printed; playwright-core 1.64.1)
#
# Somebody opens a GIF or BMP in the image editor and saves it, changed or not.
# One would guess: a GIF, or a file whose name and type say what it is now.
# What happens: the editor saves by a canvas, and a canvas cannot write GIF or BMP: it writes PNG. Uppy's file keeps the name
# `picture.gif` and the type `image/gif`; only the Blob inside says `image/png`.
# Why it matters: the upload carries PNG bytes under the name and the type of a GIF. A server that looks at the content refuses it
# ("not what its name says"), one that does not stores a wrong Content-Type, and an animation has become one still picture.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/image-editor@5.0.0 gifenc@1.0.3 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import gifenc from 'gifenc';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import ImageEditor from '@uppy/image-editor'; Object.assign(window, { Uppy, ImageEditor });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
const gif = gifenc.GIFEncoder();
for (const color of [[200, 30, 30], [30, 30, 200]]) gif.writeFrame(new Uint8Array(40 * 30), 40, 30, { palette: [color], delay: 200 });
gif.finish();
const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><div id="editor"></div>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const seen = await page.evaluate(async (bytes) => {
  const uppy = new Uppy().use(ImageEditor, { target: '#editor' });
  const id = uppy.addFile({ name: 'picture.gif', type: 'image/gif', data: new File([new Uint8Array(bytes)], 'picture.gif', { type: 'image/gif' }) });
  const editor = uppy.getPlugin('ImageEditor');
  const saved = new Promise((resolve) => uppy.on('file-editor:complete', resolve));
  editor.selectFile(uppy.getFile(id));
  // The cropper is ready when its own picture stands in the page.
  while (!document.querySelector('#editor .cropper-canvas img')?.complete) await new Promise(requestAnimationFrame);
  editor.save();
  await saved;
  const { name, type, data } = uppy.getFile(id);
  return { name, type, 'type of the Blob': data.type, 'first bytes': String.fromCharCode(...new Uint8Array(await data.slice(1, 4).arrayBuffer())) };
}, [...gif.bytes()]);
console.log(`@uppy/image-editor 5.0.0, Chromium ${browser.version()}: picture.gif opened and saved`);
console.log('guess: GIF bytes, or a name and a type that say PNG');
console.log('seen: ', JSON.stringify(seen));
await browser.close();
process.exit(JSON.stringify(Object.values(seen)) === '["picture.gif","image/gif","image/png","PNG"]' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
