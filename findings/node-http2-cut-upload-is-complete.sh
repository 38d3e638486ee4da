#!/usr/bin/env bash
# Node.js 20.20.2, its built-in `node:http2`
#
# One handler serves uploads over HTTP/1.1 and HTTP/2 (the compatibility API makes that possible). The page announces 1,000,000
# bytes, sends half of them, and is closed.
# One would guess: `request.complete` is false, as `node:http` has it: "check it, to see whether the connection was ended early".
# What happens: over HTTP/1.1 it is false. Over HTTP/2 it is true as soon as the request is aborted, so it says the opposite.
# Why it matters: a store or proxy that asks `complete` before it keeps a body keeps half a file, and only once browsers come by
# HTTP/2. Compare the bytes with `content-length` (browsers send it with every Blob), or ask `aborted`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >run.mjs <<'JS'
import { createServer, request } from 'node:http';
import * as http2 from 'node:http2';

/** What the handler of an upload sees when it is over. */
function serve(create) {
  let seen;
  const over = new Promise((resolve) => {
    seen = resolve;
  });
  const server = create((incoming) => {
    let bytes = 0;
    incoming.on('data', (piece) => (bytes += piece.length));
    incoming.on('error', () => {});
    incoming.on('close', () => seen({ bytes, complete: incoming.complete, aborted: incoming.aborted }));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, over })),
  );
}

const HALF = Buffer.alloc(500_000);
const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

const one = await serve(createServer);
const put = request(one.url, { method: 'PUT', headers: { 'content-length': 1_000_000 } });
put.on('error', () => {});
put.write(HALF);
await soon();
put.destroy();
const overOne = await one.over;

const two = await serve(http2.createServer);
const session = http2.connect(two.url);
const stream = session.request({ ':method': 'PUT', ':path': '/', 'content-length': 1_000_000 });
stream.on('error', () => {});
stream.write(HALF);
await soon();
stream.close(http2.constants.NGHTTP2_CANCEL);
const overTwo = await two.over;

const say = ({ bytes, complete, aborted }) => `${bytes < 1_000_000 ? 'cut' : 'whole'}, complete ${complete}, aborted ${aborted}`;
console.log(`HTTP/1.1: ${say(overOne)}; HTTP/2: ${say(overTwo)}`);
process.exit();
JS
echo "Node $(node --version)"
echo "expected by guess: HTTP/1.1: cut, complete false, aborted true; HTTP/2: cut, complete false, aborted true"
seen=$(timeout 30 node --no-warnings run.mjs)
echo "seen:              $seen"
[ "$seen" = "HTTP/1.1: cut, complete false, aborted true; HTTP/2: cut, complete true, aborted true" ]
