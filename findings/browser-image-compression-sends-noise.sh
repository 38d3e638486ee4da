#!/usr/bin/env bash
# browser-image-compression 2.0.2, in Firefox (its version is printed; seen in 153.8.0esr; driven by playwright-core 1.64.1)
#
# A page makes photos smaller before they are sent. The person has told Firefox to hide who they are
# (`privacy.resistFingerprinting`, which Tor Browser and LibreWolf have on from the start).
# One would guess: the photo becomes smaller; or, where the page may not read its canvas, there is an error, or the photo as it was.
# What happens: Firefox gives pages noise for the pixels of a canvas, and no error. The library returns that: a picture of the right
# size and type, in which nothing of the photo is left. The upload succeeds. (compressorjs, which Uppy's Compressor 4.0.0 is made of,
# leaves the photo as it was there.)
# Why it matters: whatever writes pictures anew in the page has to compare a few pixels first, or it loses photos without a word.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  FIREFOX_EXECUTABLE=$(command -v firefox-esr)
fi
npm install --silent --no-audit --no-fund playwright-core@1.64.1 browser-image-compression@2.0.2 esbuild@0.28.2 sharp@0.35.5 \
  >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >page.mjs <<'JS'
import compress from 'browser-image-compression';

window.compress = async (address) => {
  const picked = new File([await (await fetch(address)).blob()], 'photo.jpg', { type: 'image/jpeg' });
  const sent = await compress(picked, { maxWidthOrHeight: 200, useWebWorker: false });
  const bytes = new Uint8Array(await sent.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return { picked: picked.size, sent: sent.size, type: sent.type, base64 };
};
JS
npx esbuild page.mjs --bundle --format=iife --outfile=page.js --log-level=error
cat >run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { firefox } from 'playwright-core';
import sharp from 'sharp';

// A photo of one colour. At the end stands what a camera may leave there.
const flat = sharp({ create: { width: 320, height: 240, channels: 3, background: '#c03020' } });
const photo = Buffer.concat([await flat.jpeg({ quality: 95 }).toBuffer(), Buffer.alloc(400_000)]);
const server = createServer((request, response) => {
  const isPhoto = request.url === '/photo.jpg';
  const isScript = request.url === '/page.js';
  response.writeHead(200, { 'content-type': isPhoto ? 'image/jpeg' : isScript ? 'text/javascript' : 'text/html' });
  response.end(isPhoto ? photo : isScript ? readFileSync('page.js') : '<!doctype html><script src="/page.js"></script>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

/** What is sent, and how far its pixels are from the colour of the photo: 0 to 255, in the mean. */
async function compressed(firefoxUserPrefs) {
  const browser = await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox', firefoxUserPrefs });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const { base64, ...told } = await page.evaluate(() => window.compress('/photo.jpg'));
  const version = browser.version();
  await browser.close();
  const { data, info } = await sharp(Buffer.from(base64, 'base64')).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const color = [0xc0, 0x30, 0x20];
  let off = 0;
  for (const [index, value] of data.entries()) off += Math.abs(value - color[index % 3]);
  return { version, ...told, width: info.width, height: info.height, off: Math.round(off / data.length) };
}

const usual = await compressed({});
const hiding = await compressed({ 'privacy.resistFingerprinting': true });
server.close();
console.log(`Firefox ${usual.version}`);
console.log('guess: in both the pixels are those of the photo: 0 off');
console.log('seen, as it comes:', JSON.stringify(usual));
console.log('seen, hiding who asks:', JSON.stringify(hiding));
const isAsSeen = usual.off < 5 && hiding.off > 40 && hiding.type === 'image/jpeg' && hiding.width === 200;
process.exit(isAsSeen ? 0 : 1);
JS
timeout 180 node run.mjs
