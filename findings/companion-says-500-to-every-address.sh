#!/usr/bin/env bash
# @uppy/companion 6.2.2 (with express 5.2.1)
# One would guess: Companion, asked for what is known of an address (POST /url/meta), says of a file that is gone something else than
# of one that needs a sign-in, or of a server that is not there, as those servers do: 404, 401, no connection.
# Seen: one and the same response to all of them, status 500 and "failed to fetch URL metadata". A page cannot tell the person
# whether to correct the address, sign in or wait, and what watches Companion counts each mistyped address as a failure of the
# server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/companion@6.2.2 express@5.2.1 >/dev/null 2>&1
cat >look.mjs <<'JS'
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { app } from '@uppy/companion';

const version = JSON.parse(readFileSync('node_modules/@uppy/companion/package.json', 'utf8')).version;
console.log(`@uppy/companion ${version}`);
const listen = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${server.address().port}`;
};
// Somebody's files: one that is there, one that is gone, one for those who have signed in.
const files = createServer((request, response) => {
  const status = { '/there.txt': 200, '/signed-in.txt': 401 }[request.url] ?? 404;
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': 2 }).end(request.method === 'HEAD' ? '' : 'hi');
});
const elsewhere = await listen(files);
const gone = createServer();
const nobody = await listen(gone);
await new Promise((done) => gone.close(done));

const server = createServer();
const base = await listen(server);
const companion = app({
  secret: 'for this look alone',
  filePath: process.cwd(),
  server: { host: new URL(base).host, protocol: 'http' },
  corsOrigins: true,
  uploadUrls: [elsewhere],
  enableUrlEndpoint: true,
  allowLocalUrls: true,
  metrics: false,
});
server.on('request', companion.app);

const seen = [];
for (const url of [`${elsewhere}/there.txt`, `${elsewhere}/gone.txt`, `${elsewhere}/signed-in.txt`, `${nobody}/there.txt`]) {
  const response = await fetch(`${base}/url/meta`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url }),
    signal: AbortSignal.timeout(30_000),
  });
  const { message = 'its name, type and size' } = await response.json();
  seen.push(`${response.status} ${message}`);
}
console.log('guess: 200, then three responses that differ, or are of the 400s');
for (const [index, what] of ['a file that is there', 'one that is gone', 'one for the signed in', 'no server there'].entries())
  console.log(`seen, ${what}: ${seen[index]}`);
const same = '500 failed to fetch URL metadata';
process.exit(seen[0].startsWith('200') && seen.slice(1).every((response) => response === same) ? 0 : 1);
JS
NODE_ENV=production timeout 120 node look.mjs 2>/dev/null | grep -E "^(@uppy|guess|seen)"
