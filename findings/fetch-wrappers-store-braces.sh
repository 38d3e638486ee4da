#!/usr/bin/env bash
# wretch 3.0.9, xior 0.8.5, alova 3.5.5 and mande 2.0.10, control: Node's own fetch, ky 2.1.0 and ofetch 1.5.1
#
# A page has a signed URL and a File, and puts the one to the other with the HTTP client that it has anyway: `wretch(url).put(file)`,
# `xior.put(url, file)`, `mande(url).put('', file)`. xior has the API of axios, which sends a File as it is.
# One would guess: the bytes of the file, as with fetch; or an error.
# What happens: to these clients whatever is an object and no FormData is JSON. `JSON.stringify(file)` is "{}", so two bytes are
# sent, as application/json. The store says 200. alova knows a Blob, and sends its bytes, but not a File, which is a Blob.
# Why it matters: the person sees a success, and the file is gone. Whoever tests with a Blob, or with a form, sees nothing of it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts wretch@3.0.9 xior@0.8.5 alova@3.5.5 mande@2.0.10 ky@2.1.0 ofetch@1.5.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { createServer } from 'node:http';
import { createAlova } from 'alova';
import adapterFetch from 'alova/fetch';
import ky from 'ky';
import { mande } from 'mande';
import { ofetch } from 'ofetch';
import wretch from 'wretch';
import xior from 'xior';

let stored;
const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  stored = `${Buffer.concat(pieces)} as ${request.headers['content-type']}`;
  response.setHeader('content-type', 'application/json').end('{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const alova = createAlova({ requestAdapter: adapterFetch(), baseURL: url });
const clients = {
  fetch: (body) => fetch(url, { method: 'PUT', body }),
  ky: (body) => ky.put(url, { body }),
  ofetch: (body) => ofetch(url, { method: 'PUT', body }),
  wretch: (body) => wretch(url).put(body).res(),
  xior: (body) => xior.put(url, body),
  mande: (body) => mande(url).put('', body),
  alova: (body) => alova.Put('', body).send(),
};
const blob = new Blob(['hello'], { type: 'text/plain' });
const file = new File(['hello'], 'hello.txt', { type: 'text/plain' });
console.log(`wretch 3.0.9, xior 0.8.5, alova 3.5.5, mande 2.0.10, ky 2.1.0, ofetch 1.5.1, Node ${process.version}`);
console.log('guess: File: hello as text/plain, Blob: hello as text/plain');
const seen = {};
for (const [name, put] of Object.entries(clients)) {
  await put(file);
  const ofFile = stored;
  await put(blob);
  seen[name] = `File: ${ofFile}, Blob: ${stored}`;
  console.log(`seen:  ${name}: ${seen[name]}`);
}
const [good, braces] = ['hello as text/plain', /^File: \{\} as application\/json/];
const right = ['fetch', 'ky', 'ofetch'].every((name) => seen[name] === `File: ${good}, Blob: ${good}`);
const wrong = ['wretch', 'xior', 'mande', 'alova'].every((name) => braces.test(seen[name])) && seen.alova.includes('Blob: hello as');
process.exit(right && wrong ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
