#!/usr/bin/env bash
# browser-image-compression 2.0.2, in Chromium (its version is printed; playwright-core 1.64.1)
#
# A page makes pictures smaller before it uploads them: `imageCompression(file, { fileType: 'image/jpeg' })` for a PNG, or with no
# type at all for a GIF.
# One would guess: a File, whose name fits what it is now, or a GIF that is left alone.
# What happens: the bytes are JPEG and the type is image/jpeg, but the name is still `picture.png`. The GIF becomes a PNG named
# `picture.gif`. And the result is a Blob with a name set on it, no File, so `result instanceof File` is false and FormData
# names it "blob".
# Why it matters: what is stored has a name that lies about its content. Servers that compare both refuse it, downloads open with
# the wrong program, and a list of uploads shows "blob".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts browser-image-compression@2.0.2 gifenc@1.0.3 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import gifenc from 'gifenc';
import { chromium } from 'playwright-core';

const contents = `import imageCompression from 'browser-image-compression'; Object.assign(window, { imageCompression });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
const gif = gifenc.GIFEncoder();
gif.writeFrame(new Uint8Array(40 * 30), 40, 30, { palette: [[200, 30, 30]] });
gif.finish();
const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const seen = await page.evaluate(async (gifBytes) => {
  const canvas = new OffscreenCanvas(200, 200);
  const context = canvas.getContext('2d');
  for (let x = 0; x < 200; x += 1) {
    context.fillStyle = `hsl(${x * 7} 80% 50%)`;
    context.fillRect(x, 0, 1, 200);
  }
  const png = new File([await canvas.convertToBlob()], 'picture.png', { type: 'image/png' });
  const gif = new File([new Uint8Array(gifBytes)], 'picture.gif', { type: 'image/gif' });
  const describe = async (result) => {
    const head = [...new Uint8Array(await result.slice(0, 4).arrayBuffer())];
    const content = head[0] === 0xff && head[1] === 0xd8 ? 'JPEG' : String.fromCharCode(...head.slice(1));
    const form = new FormData();
    form.append('file', result);
    return `${result.name}, ${result.type}, content ${content}, a File: ${result instanceof File}, in a form: ${form.get('file').name}`;
  };
  return [await describe(await imageCompression(png, { fileType: 'image/jpeg', useWebWorker: false })), await describe(await imageCompression(gif, { useWebWorker: false }))];
}, [...gif.bytes()]);
console.log(`browser-image-compression 2.0.2, Chromium ${browser.version()}`);
console.log('guess: picture.jpg, image/jpeg, content JPEG, a File; and a GIF or picture.png');
console.log('seen: ', seen[0]);
console.log('      ', seen[1]);
await browser.close();
process.exit(seen[0] === 'picture.png, image/jpeg, content JPEG, a File: false, in a form: blob' && seen[1] === 'picture.gif, image/png, content PNG, a File: false, in a form: blob' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
