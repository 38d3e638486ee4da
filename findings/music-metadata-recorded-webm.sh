#!/usr/bin/env bash
# music-metadata 12.1.0 and mediabunny 1.61.0, with a film that Chromium recorded (its version is printed; playwright-core 1.64.1)
#
# A page records two seconds with MediaRecorder, takes a piece every half second, and uploads them joined. A server asks how long
# the film is.
# One would guess: music-metadata, which knows WebM, says two seconds, or that it does not know; its option `duration: true` goes
# through the file "if necessary".
# What happens: it throws a RangeError about a length, with the option or without: such a recording has segments and clusters whose
# size is "not known yet", as WebM allows. Recorded in one piece, the same film is read. mediabunny reads both.
# Why it matters: pages that record for longer than a moment take pieces, so that nothing is lost. Their films are refused as broken
# by a server that was tried with films from a camera.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts music-metadata@12.1.0 mediabunny@1.61.0 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { parseBuffer } from 'music-metadata';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE });
const page = await browser.newPage();
const record = (piece) => page.evaluate(async (piece) => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const drawing = setInterval(() => context.fillRect(Math.random() * 200, 0, 20, 150), 50);
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(piece);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  recorder.stop();
  await stopped;
  clearInterval(drawing);
  return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
}, piece);
const about = (seconds) => (seconds > 1 && seconds < 4 ? 'two seconds' : `${seconds}`);
const readBoth = async (film) => [
  await parseBuffer(film, { mimeType: 'video/webm' }, { duration: true }).then(({ format }) => about(format.duration), (error) => error.name),
  about(await new Input({ formats: ALL_FORMATS, source: new BufferSource(film) }).computeDuration()),
];
const whole = await readBoth(Uint8Array.from(await record(undefined)));
const inPieces = await readBoth(Uint8Array.from(await record(500)));
console.log(`music-metadata 12.1.0, mediabunny 1.61.0, Chromium ${browser.version()}`);
await browser.close();
console.log('guess: music-metadata and mediabunny say two seconds for both films');
console.log(`seen:  in one piece: ${whole.join(', ')}; in pieces of half a second: ${inPieces.join(', ')}`);
process.exit(`${whole} ${inPieces}` === 'two seconds,two seconds RangeError,two seconds' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
