#!/usr/bin/env bash
# Node.js 20.20.2, its built-in fetch (undici 6)
#
# An upload server looks at each finished object with a HEAD, by Node's own fetch, at an S3 store that keeps connections open.
# One would guess: fetch keeps its connections, as it does for GET, so 20 calls one after another need one.
# What happens: after each HEAD the connection is closed by the client, whatever the server says of keep-alive: 20 HEADs are
# about 20 connections. The same 20 calls by `node:http` with a keep-alive agent are one.
# Why it matters: behind TLS each of them is two or three more round trips and a handshake, for every file that is confirmed;
# 1,000 small files are 1,000 handshakes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >run.mjs <<'JS'
import { Agent, createServer, request } from 'node:http';
let connections = 0;
const server = createServer((_, response) => response.writeHead(200, { 'content-length': 5 }).end('hello'));
server.on('connection', () => connections++);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
async function count(call) {
  connections = 0;
  for (let i = 0; i < 20; i++) await call();
  return connections;
}
const byFetch = (method) => async () => (await fetch(url, { method })).arrayBuffer();
const agent = new Agent({ keepAlive: true });
const byHttp = () =>
  new Promise((resolve) => request(url, { method: 'HEAD', agent }, (answer) => answer.resume().on('end', resolve)).end());
console.log(`fetch GET ${await count(byFetch('GET'))}, fetch HEAD ${await count(byFetch('HEAD'))}, node:http HEAD ${await count(byHttp)}`);
server.close();
server.closeAllConnections();
process.exit();
JS
echo "Node $(node --version), undici $(node -p process.versions.undici)"
echo "expected by guess: fetch GET 1, fetch HEAD 1, node:http HEAD 1"
seen=$(timeout 60 node run.mjs)
echo "seen:              $seen"
# One or two are counted with the calls before them.
[[ "$seen" =~ ^fetch\ GET\ [12],\ fetch\ HEAD\ (1[5-9]|20),\ node:http\ HEAD\ 1$ ]]
