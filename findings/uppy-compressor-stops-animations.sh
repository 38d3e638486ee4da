#!/usr/bin/env bash
# @uppy/core 6.3.1 with @uppy/compressor 4.0.0, in Chromium (its version is printed; playwright-core 1.64.1)
#
# The compressor is on, as the guide shows, and somebody picks an animated GIF.
# One would guess: animations are left alone, since the plugin says that it makes images smaller.
# What happens: it draws the first frame to a canvas and uploads a still PNG, renamed to `dance.png`. No event or message says
# that the other frames are gone.
# Why it matters: the person's file is replaced by another one, and only they can see it, later. Filter animated types out before.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/compressor@4.0.0 gifenc@1.0.3 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import gifenc from 'gifenc';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import Compressor from '@uppy/compressor'; Object.assign(window, { Uppy, Compressor });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
const gif = gifenc.GIFEncoder();
const palette = Array.from({ length: 256 }, (_, i) => [i, (i * 7) % 256, (i * 31) % 256]);
for (let frame = 0; frame < 5; frame += 1) gif.writeFrame(Uint8Array.from({ length: 64 * 64 }, (_, i) => (i * 3 + frame * 50) % 256), 64, 64, { palette, delay: 100 });
gif.finish();
const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const [before, after] = await page.evaluate(async (bytes) => {
  const describe = async ({ name, type, data }) => {
    const decoder = new ImageDecoder({ data: await data.arrayBuffer(), type });
    await decoder.tracks.ready;
    await decoder.completed;
    return `${name}, ${type}, ${decoder.tracks.selectedTrack.frameCount} frames`;
  };
  const uppy = new Uppy().use(Compressor);
  uppy.addUploader(async () => {});
  const id = uppy.addFile({ name: 'dance.gif', type: 'image/gif', data: new File([new Uint8Array(bytes)], 'dance.gif', { type: 'image/gif' }) });
  const picked = await describe(uppy.getFile(id));
  await uppy.upload();
  return [picked, await describe(uppy.getFile(id))];
}, [...gif.bytes()]);
console.log(`@uppy/compressor 4.0.0, Chromium ${browser.version()}`);
console.log(`guess: ${before}`);
console.log(`seen:  ${after}`);
await browser.close();
process.exit(before === 'dance.gif, image/gif, 5 frames' && after === 'dance.png, image/png, 1 frames' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
