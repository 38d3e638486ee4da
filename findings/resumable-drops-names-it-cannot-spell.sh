#!/usr/bin/env bash
# resumablejs 1.1.0, browser: jsdom 29.1.1
#
# Somebody picks two files of the same size: "Отчёт.pdf" and "Смета.pdf", or "報告.pdf" and "見積.pdf", or "scan (1).pdf" and
# "scan1.pdf".
# One would guess: two uploads.
# What happens: a file is known by its size and its name, and from the name everything but a-z, 0-9, "-" and "_" is taken away. Both
# become "5-pdf" (or "5-scan1pdf"), so the second counts as the first picked again: no `fileAdded`, no error, no upload.
# Why it matters: people who do not write in Latin letters lose files that others do not lose. Scans and exports of one form often
# have equal sizes. `generateUniqueIdentifier` must be set.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts resumablejs@1.1.0 jsdom@29.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { JSDOM } from 'jsdom';

let posts = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    posts += 1;
    response.end();
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const target = `http://127.0.0.1:${server.address().port}/upload`;
const { window } = new JSDOM('', { url: target, runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/resumablejs/resumable.js', 'utf8'));

async function pick(names) {
  posts = 0;
  const events = [];
  const resumable = new window.Resumable({ target, testChunks: false });
  const done = new Promise((resolve) => resumable.on('complete', resolve));
  resumable.on('fileAdded', () => window.setTimeout(() => resumable.upload(), 50));
  for (const event of ['fileAdded', 'fileError', 'error']) resumable.on(event, () => events.push(event));
  resumable.addFiles(names.map((name) => new window.File(['12345'], name, { type: 'application/pdf' })));
  await done;
  return `${posts} uploaded, events: ${events.join(' ')}`;
}
console.log('resumable.js 1.1.0: two files of 5 bytes each');
console.log('guess: 2 uploaded for each pair');
const seen = [];
for (const names of [['Report.pdf', 'Offer.pdf'], ['Отчёт.pdf', 'Смета.pdf'], ['報告.pdf', '見積.pdf'], ['scan (1).pdf', 'scan1.pdf']]) {
  seen.push(await pick(names));
  console.log('seen: ', names.join(' and ').padEnd(28), seen.at(-1));
}
const [latin, ...others] = seen;
process.exit(latin === '2 uploaded, events: fileAdded fileAdded' && others.every((text) => text === '1 uploaded, events: fileAdded') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
