#!/usr/bin/env bash
# tus-js-client 4.3.1 (its browser build, in jsdom 29.1.1) with @tus/server 2.4.5 and @tus/file-store 2.1.1
#
# A page uploads Blobs that it made itself (a recording, a canvas, a piece of a database) and resumes as the guide shows:
# `findPreviousUploads()`, then `resumeFromPreviousUpload()`. Recording A is interrupted halfway. Later recording B of the
# same length is uploaded.
# One would guess: B is a new upload; resuming is for the same file.
# What happens: a file is known by name, type, size and time of change. A Blob has no name and no time, so every Blob of that
# type and size is "the same file". The stored object is the first half of A and the second half of B; success is reported.
# Why it matters: wrong bytes without an error. Recordings of a fixed length in WAV or PCM, raw frames and padded backups have
# equal sizes. Give such Blobs a `fingerprint` of their own, or wrap them in a File with a name that is theirs alone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/server@2.4.5 @tus/file-store@2.1.1 tus-js-client@4.3.1 jsdom@29.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir uploads
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { JSDOM } from 'jsdom';

const half = 1024 * 1024;
const tus = new Server({ path: '/files', datastore: new FileStore({ directory: './uploads' }) });
const server = createServer((request, response) => tus.handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const { window } = new JSDOM('', { url: origin, runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/tus-js-client/dist/tus.js', 'utf8'));

async function send(letter, interruptAt) {
  const blob = new window.Blob([letter.repeat(2 * half)], { type: 'audio/wav' });
  let resolve;
  const outcome = new Promise((settle) => { resolve = settle; });
  const upload = new window.tus.Upload(blob, {
    endpoint: `${origin}/files`,
    chunkSize: half,
    onChunkComplete: (_size, sent) => { if (sent === interruptAt) upload.abort().then(() => resolve('interrupted')); },
    onError: (error) => resolve(`error ${error.message}`),
    onSuccess: () => resolve('success'),
  });
  const [previous] = await upload.findPreviousUploads();
  if (previous) upload.resumeFromPreviousUpload(previous);
  upload.start();
  return { outcome: await outcome, url: upload.url };
}
const a = await send('A', half);
const b = await send('B');
const stored = readFileSync(`uploads/${b.url.split('/').pop()}`, 'utf8');
const runs = stored.match(/A+|B+/g).map((run) => `${run.length} × ${run[0]}`);
console.log('tus-js-client 4.3.1: A (2 MiB) interrupted at 1 MiB, then B (2 MiB), both Blobs of audio/wav');
console.log(`guess: A interrupted, B success, stored ${2 * half} × B`);
console.log(`seen:  A ${a.outcome}, B ${b.outcome}, stored ${runs.join(', ')}`);
process.exit(b.outcome === 'success' && runs.join() === `${half} × A,${half} × B` ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
