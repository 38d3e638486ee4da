#!/usr/bin/env bash
# axios-retry 4.5.0 with axios 1.21.1
#
# A server sends stored files on: `client.put(url, createReadStream(path))`, with axiosRetry(client, { retries: 3 }), which by itself
# repeats what HTTP calls idempotent, PUT too, after a 5xx. The store answers 503 once, and then it is well.
# One would guess: the error, since the stream is used up; or the same bytes again.
# What happens: the second request is a PUT of the used stream: no bytes, `content-length: 0`. The store takes it, and the promise
# resolves with 200. Bytes in memory and Blobs are sent again, whole.
# Why it matters: a busy second of the store replaces a good object by an empty one, and nobody hears of it. `onRetry: (count, error, config) => {
# config.data = createReadStream(path); }` gives each try a stream of its own.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts axios@1.21.1 axios-retry@4.5.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import axios from 'axios';
import axiosRetry from 'axios-retry';

let object;
let requests;
const store = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  requests.push(`${body.length} bytes (content-length: ${request.headers['content-length'] ?? 'none'})`);
  if (requests.length === 1) return response.writeHead(503).end();
  object = body;
  response.end();
});
await new Promise((resolve) => store.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${store.address().port}/film`;
writeFileSync('film', Buffer.alloc(1_000_000, 'film'));
const client = axios.create();
axiosRetry(client, { retries: 3 });
console.log(`axios 1.21.1, axios-retry 4.5.0, Node ${process.version}`);
const seen = [];
for (const [what, body] of [['a stream', () => createReadStream('film')], ['a Buffer', () => readFileSync('film')], ['a Blob', () => new Blob([readFileSync('film')])]]) {
  requests = [];
  object = Buffer.from('the film of before');
  const told = await client.put(url, body()).then(({ status }) => status, ({ message }) => message);
  seen.push(`${told} ${object.length}`);
  console.log(`guess: ${what}: 503 and the film of before, or 200 and 1000000 bytes\nseen:  ${what}: ${told} and ${object.length} bytes stored; requests: ${requests.join(', ')}`);
}
store.close();
store.closeAllConnections();
process.exitCode = seen.join() === '200 0,200 1000000,200 1000000' ? 0 : 1;
EOF
timeout 60 node --no-warnings run.mjs
