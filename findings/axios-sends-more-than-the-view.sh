#!/usr/bin/env bash
# axios 1.21.1, control: Node's own fetch
#
# A page or a server has a file in memory and sends it in parts, without a copy: `axios.put(url, bytes.subarray(start, end))`.
# One would guess: the bytes of that view. fetch and XMLHttpRequest send them.
# What happens: axios sends `view.buffer`, all that the view is cut from. Each part is the whole file, by its adapter for Node as by
# the one for fetch, and for a DataView too. Only Node's Buffer is known as what it is.
# Why it matters: S3 takes each part, with an ETag, and joins them: of a file in three parts it keeps three times the file. Every
# answer says 200, and a file of 100 MiB in 20 parts is 2 GiB of upload.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts axios@1.21.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { createServer } from 'node:http';
import axios, { VERSION } from 'axios';

let stored;
const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  stored = Buffer.concat(pieces).toString();
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const bytes = new TextEncoder().encode('part one;part two;part 3;');
const parts = [bytes.subarray(0, 9), bytes.subarray(9, 18), bytes.subarray(18)];
const joined = async (put) => {
  let all = '';
  for (const part of parts) {
    await put(part);
    all += stored;
  }
  return all;
};
const whole = new TextDecoder().decode(bytes);
console.log(`axios ${VERSION}, Node ${process.version}`);
console.log(`guess: the three parts joined: ${whole}`);
const control = await joined((body) => fetch(url, { method: 'PUT', body }));
console.log(`seen:  fetch: ${control}`);
const seen = [];
for (const adapter of ['http', 'fetch']) {
  seen.push(await joined((part) => axios.put(url, part, { adapter })));
  console.log(`seen:  axios, adapter ${adapter}: ${seen.at(-1)}`);
}
const view = await joined((part) => axios.put(url, new DataView(part.buffer, part.byteOffset, part.byteLength)));
const buffer = await joined((part) => axios.put(url, Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
console.log(`seen:  axios, DataView: ${view}`);
console.log(`seen:  axios, Buffer: ${buffer}`);
const thrice = whole.repeat(3);
process.exit(control === whole && buffer === whole && [...seen, view].every((text) => text === thrice) ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
