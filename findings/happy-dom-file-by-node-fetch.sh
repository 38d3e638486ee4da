#!/usr/bin/env bash
# happy-dom 21.0.4 with the fetch and FormData of Node
#
# A component test runs in happy-dom. Its File reaches code that holds Node's own fetch: a library that kept a reference to it, an
# API client of the server's side, a helper of the test: `fetch(url, { method: 'PUT', body: file })`.
# One would guess: the bytes of the file, or a TypeError.
# What happens: Node does not know the class, turns the object into text and sends "[object Blob]". In a FormData the file becomes
# a text field with those 13 letters and no file name. The status is 200.
# Why it matters: the upload test is green, and nothing of the file has ever left. Look at the body in such a test, not at the
# status; or hand the page's own `window.fetch` and `window.FormData` on.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts happy-dom@21.0.4 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { Window } from 'happy-dom';

const bodies = [];
const server = createServer(async (request, response) => {
  bodies.push(Buffer.concat(await request.toArray()).toString().split('\r\n').filter((line) => !line.startsWith('---') && line !== '').join(' | '));
  response.end('ok');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const window = new Window({ url });
const file = new window.File(['hello'], 'a.txt', { type: 'text/plain' });
const form = (Form) => {
  const data = new Form();
  data.append('file', file);
  return data;
};
const ways = {
  "window.fetch, file": () => window.fetch(url, { method: 'PUT', body: file }),
  "window.fetch, window.FormData": () => window.fetch(url, { method: 'POST', body: form(window.FormData) }),
  "Node's fetch, file": () => fetch(url, { method: 'PUT', body: file }),
  "Node's fetch, Node's FormData": () => fetch(url, { method: 'POST', body: form(FormData) }),
};
console.log(`happy-dom 21.0.4, Node ${process.versions.node}: what the server gets for a file that holds "hello"`);
console.log('guess: hello, four times');
for (const [way, send] of Object.entries(ways)) console.log('seen: ', way.padEnd(30), (await send()).status, bodies.at(-1));
const [file1, form1, file2, form2] = bodies;
process.exit(file1 === 'hello' && form1.endsWith('hello') && file2 === '[object Blob]' && form2 === 'Content-Disposition: form-data; name="file" | [object Blob]' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
