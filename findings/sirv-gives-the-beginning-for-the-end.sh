#!/usr/bin/env bash
# sirv 3.0.2, control: send 1.2.0 in express 5.1.0
#
# Uploads are served from a folder by sirv (SvelteKit, Vite and many small servers do so). A reader wants the end of a file, where
# ZIP, Parquet and MP4 keep their directory: `Range: bytes=-100`. Another wants one byte, to learn the size: `Range: bytes=0-0`.
# One would guess: 206 with the last 100 bytes, and 206 with the first byte; as each server of files since HTTP/1.1.
# What happens: "-100" is read as "from 0 to 100", and the first 101 bytes come, with 206 and `Content-Range: bytes 0-100/1000`. In
# "0-0" the 0 counts as no number, and all 1,000 bytes come, with 206.
# Why it matters: a reader that asked for the end takes what it got for the end, and says of a good archive that it is broken. The
# look for a size fetches the whole film.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts sirv@3.0.2 express@5.1.0 send@1.2.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import express from 'express';
import sirv from 'sirv';

mkdirSync('uploads');
const file = Buffer.from(Array.from({ length: 250 }, (_, i) => String(i).padStart(3, '0') + ';').join(''));
writeFileSync('uploads/film.mp4', file);
const listen = async (handler) => {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/film.mp4`;
};
const ask = async (url, range) => {
  const response = await fetch(url, { headers: { range }, signal: AbortSignal.timeout(10_000) });
  const bytes = Buffer.from(await response.arrayBuffer());
  const start = file.indexOf(bytes);
  return `${response.status}, ${response.headers.get('content-range')}, ${bytes.length} bytes from ${start} on`;
};
const app = express();
app.use(express.static('uploads'));
const urls = { send: await listen(app), sirv: await listen(sirv('uploads')), 'sirv, dev': await listen(sirv('uploads', { dev: true })) };
const guess = { 'bytes=-100': '206, bytes 900-999/1000, 100 bytes from 900 on', 'bytes=0-0': '206, bytes 0-0/1000, 1 bytes from 0 on', 'bytes=0-99': '206, bytes 0-99/1000, 100 bytes from 0 on' };
console.log(`sirv 3.0.2, send 1.2.0, Node ${process.version}`);
const seen = [];
for (const [range, right] of Object.entries(guess)) {
  console.log(`guess: ${range}: ${right}`);
  for (const [name, url] of Object.entries(urls)) {
    const got = await ask(url, range);
    console.log(`seen:  ${name}: ${got}`);
    if (name === 'send' && got !== right) process.exit(1);
    if (name !== 'send') seen.push(got);
  }
}
const wrong = ['206, bytes 0-100/1000, 101 bytes from 0 on', '206, bytes 0-999/1000, 1000 bytes from 0 on', guess['bytes=0-99']].flatMap((text) => [text, text]);
process.exit(seen.join() === wrong.join() ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
