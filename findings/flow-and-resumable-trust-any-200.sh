#!/usr/bin/env bash
# @flowjs/flow.js 2.14.1 and resumablejs 1.1.0, browser: jsdom 29.1.1
#
# Both ask with GET for each chunk whether the server has it already (`testChunks`, on by default). The page is served, as
# single-page apps are, by a server that answers each unknown GET with 200 and index.html: try_files in nginx, the fallback
# of development servers and static hosts. The upload address has a handler for POST only.
# One would guess: the answer to the question is no, and the file is sent.
# What happens: any 200 means "I have it". No byte is sent, and both libraries report success for each file, with the HTML of
# the page as the server's message.
# Why it matters: every file is lost, and every light is green. An app must answer the GET itself (204 for "no"), or set
# `testChunks: false`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @flowjs/flow.js@2.14.1 resumablejs@1.1.0 jsdom@29.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { JSDOM } from 'jsdom';

let posts = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'POST') posts += 1;
    response.setHeader('content-type', 'text/html');
    response.end(request.method === 'GET' ? '<!doctype html><title>The app</title>' : 'stored');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const target = `http://127.0.0.1:${server.address().port}/upload`;
const { window } = new JSDOM('', { url: target, runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/@flowjs/flow.js/dist/flow.js', 'utf8'));
window.eval(readFileSync('node_modules/resumablejs/resumable.js', 'utf8'));

console.log('flow.js 2.14.1, resumable.js 1.1.0: one file to a server whose unknown GETs answer 200 with the page');
console.log('guess: success with 1 POST');
let same = true;
for (const name of ['Flow', 'Resumable']) {
  for (const testChunks of [undefined, false]) {
    posts = 0;
    const uploader = new window[name]({ target, ...(testChunks === false && { testChunks }) });
    const outcome = await new Promise((resolve) => {
      uploader.on('fileAdded', () => window.setTimeout(() => uploader.upload()));
      uploader.on('fileError', (_file, message) => resolve(`error ${message}`));
      uploader.on('fileSuccess', (_file, message) => resolve(`success "${message}"`));
      uploader.addFile(new window.File(['hello'], 'a.txt', { type: 'text/plain' }));
    });
    console.log(`seen:  ${name}${testChunks === false ? ', testChunks: false' : ''}: ${outcome} with ${posts} POSTs`);
    same &&= outcome === (testChunks === false ? 'success "stored"' : 'success "<!doctype html><title>The app</title>"') && posts === (testChunks === false ? 1 : 0);
  }
}
process.exit(same ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
