#!/usr/bin/env bash
# @mux/upchunk 3.5.0, in Chromium (its version is printed; driven by playwright-core 1.64.1)
#
# A file of 1.5 MiB goes up in six chunks, each with its place in `Content-Range`. The person presses "Pause" and, a moment later, "Resume",
# while the first chunk is still on its way (`pause()` lets it finish).
# One would guess: the six chunks, one after the other, each at its place.
# What happens: `resume()` begins to send at once, beside the chunk that is on its way, which goes on as well. The second chunk is sent with
# the first one's place, since that moves on only when a chunk is answered. From then on two chunks are under way at a time, and each
# has the place of the one before. The library reports `success` while the last chunk is still on its way.
# Why it matters: what is stored begins with the second chunk and has a hole at its end, each answer was 200, and the person reads "done".
# A test that waits until nothing is on its way before it resumes finds nothing.
# The server below writes each chunk where its Content-Range says.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @mux/upchunk@3.5.0 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const chunk = 256 << 10;
const stored = Buffer.alloc(6 * chunk, '-');
let requests = [];
const server = createServer(async (request, response) => {
  if (request.url === '/upchunk.mjs') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync('node_modules/@mux/upchunk/dist/upchunk.mjs'));
  if (request.method !== 'PUT') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  const body = Buffer.concat(await request.toArray());
  const start = Number(/bytes (\d+)/.exec(request.headers['content-range'])[1]);
  requests.push(`${body.subarray(0, 1)} at ${start / chunk}`);
  await setTimeout(300); // The line is slow.
  body.copy(stored, start);
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
console.log(`@mux/upchunk 3.5.0, Chromium ${browser.version()}`);
const seen = [];
for (const pauses of [false, true]) {
  requests = [];
  stored.fill('-');
  const told = await page.evaluate(async ([length, pauses]) => {
    const { createUpload } = await import('/upchunk.mjs');
    const file = new File([...'ABCDEF'].map((letter) => letter.repeat(length)), 'film.mp4');
    const upload = createUpload({ endpoint: '/film', file, chunkSize: 256 });
    let percent = 0;
    upload.on('progress', ({ detail }) => { percent = detail; });
    if (pauses) upload.on('attempt', ({ detail }) => {
      if (detail.chunkNumber !== 0 || upload.wasPaused) return;
      upload.wasPaused = true;
      setTimeout(() => upload.pause(), 50);
      setTimeout(() => upload.resume(), 150);
    });
    return new Promise((resolve) => {
      upload.on('success', () => resolve(`success at ${percent} %`));
      upload.on('error', ({ detail }) => resolve(detail.message));
    });
  }, [chunk, pauses]);
  const kept = Array.from({ length: 6 }, (_, i) => String(stored.subarray(i * chunk, i * chunk + 1))).join('');
  seen.push(kept);
  const how = pauses ? 'paused and resumed' : 'without a pause';
  console.log(`guess: ${how}: ABCDEF\nseen:  ${how}: ${kept}, ${told}; requests: ${requests.join(', ')}`);
}
await browser.close();
server.close();
process.exit(seen[0] === 'ABCDEF' && seen[1].startsWith('BC') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
