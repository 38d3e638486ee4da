#!/usr/bin/env bash
# bytes 3.1.2, alone and as Express 5.1.0 reads its limits with it
#
# A server takes a limit from its settings, "5MiB" or "5M", as Docker, nginx, Kubernetes and `dd` write it: `express.raw({ limit:
# '5MiB' })`.
# One would guess: 5 MiB; or an error for a unit that is not known.
# What happens: a unit that the library does not know (it knows kb, mb, gb, tb, pb) is dropped, and the rest are bytes. "5MiB" and
# "5M" are five bytes, "1.5GiB" is one, "1,000kb" is one. Only text without a number in front gives null.
# Why it matters: body-parser, raw-body, koa-body and Next.js read sizes so. A limit becomes five bytes, and each upload is answered
# with 413 and "request entity too large"; where it is a quota or the size of a part, nothing is said at all.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts bytes@3.1.2 express@5.1.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import bytes from 'bytes';
import express from 'express';

console.log('bytes 3.1.2, express 5.1.0');
const sizes = { '5mb': 5242880, '5MiB': 5242880, '5M': 5242880, '1.5GiB': 1610612736, '1,000kb': 1024000 };
const app = express();
for (const limit of Object.keys(sizes)) app.put(`/${limit}`, express.raw({ type: () => true, limit }), (request, response) => response.send(String(request.body.length)));
app.use((error, _request, response, _next) => response.status(error.status).send(error.message));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const seen = [];
for (const [text, size] of Object.entries(sizes)) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/${text}`, { method: 'PUT', body: new Uint8Array(1000) });
  seen.push(`${text} ${bytes.parse(text)} ${response.status}`);
  console.log(`guess: "${text}" is ${size}, a body of 1000 bytes is 200`);
  console.log(`seen:  "${text}" is ${bytes.parse(text)}, a body of 1000 bytes is ${response.status}`);
}
process.exit(seen.join() === '5mb 5242880 200,5MiB 5 413,5M 5 413,1.5GiB 1 413,1,000kb 1 413' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
