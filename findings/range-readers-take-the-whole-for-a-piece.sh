#!/usr/bin/env bash
# zarrita 0.7.5, @chunkd/source-http 11.4.0, copc 0.0.8; controls: pmtiles 4.5.0, hyparquet 1.33.0, generic-filehandle2 2.1.10
#
# A page looks into a large stored file (an array, a map, a point cloud) and fetches pieces of it with `Range: bytes=100-149`. The
# server before the store knows no ranges and sends the whole file with 200, as HTTP allows each server to do.
# One would guess: the reader takes its 50 bytes out of it, or says that the server cannot do ranges. Both are what the controls do.
# What happens: these three take what came for the piece that they asked for. They give 300,000 bytes in place of 50, from the start
# of the file on, and no error.
# Why it matters: the page shows numbers from another place of the file. Such servers are usual in development (a small server of
# files) and behind proxies that compress or cache, so the same page is right or wrong by its host.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zarrita@0.7.5 @chunkd/source-http@11.4.0 copc@0.0.8 pmtiles@4.5.0 hyparquet@1.33.0 generic-filehandle2@2.1.10 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { createServer } from 'node:http';
import { SourceHttp } from '@chunkd/source-http';
import copc from 'copc';
import { RemoteFile } from 'generic-filehandle2';
import { asyncBufferFromUrl } from 'hyparquet';
import { FetchSource } from 'pmtiles';
import { FetchStore } from 'zarrita';

const file = Buffer.from(Array.from({ length: 60_000 }, (_, i) => String(i).padStart(5, '0')).join(''));
let knowsRanges = true;
const server = createServer((request, response) => {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const [start, end] = knowsRanges && range ? [Number(range[1]), Number(range[2]) + 1] : [0, file.length];
  if (end - start < file.length) response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${file.length}` });
  response.end(request.method === 'HEAD' ? undefined : file.subarray(start, end));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const readers = {
  zarrita: () => new FetchStore(base).getRange('/file', { offset: 100, length: 50 }),
  '@chunkd/source-http': () => new SourceHttp(`${base}/file`).fetch(100, 50),
  copc: () => copc.Getter.http(`${base}/file`)(100, 150),
  pmtiles: async () => (await new FetchSource(`${base}/file`).getBytes(100, 50)).data,
  hyparquet: async () => (await asyncBufferFromUrl({ url: `${base}/file`, byteLength: file.length })).slice(100, 150),
  'generic-filehandle2': () => new RemoteFile(`${base}/file`).read(50, 100),
};
console.log(`zarrita 0.7.5, @chunkd/source-http 11.4.0, copc 0.0.8, pmtiles 4.5.0, hyparquet 1.33.0, generic-filehandle2 2.1.10, Node ${process.version}`);
const seen = {};
for (const [name, read] of Object.entries(readers)) {
  for (knowsRanges of [true, false]) {
    const text = await read().then((bytes) => `${bytes.byteLength} bytes, ${Buffer.from(bytes).subarray(0, 10)}...`, (error) => `an error: ${error.message.slice(0, 50)}`);
    seen[`${name} ${knowsRanges}`] = text;
    if (!knowsRanges) console.log(`guess: ${name}: ${seen[`${name} true`]}, or an error\nseen:  ${name}: ${text}`);
  }
}
const right = '50 bytes, 0002000021...';
const ok = Object.keys(readers).every((name) => seen[`${name} true`] === right);
const wrong = ['zarrita', '@chunkd/source-http', 'copc'].every((name) => seen[`${name} false`] === '300000 bytes, 0000000001...');
const well = ['pmtiles', 'hyparquet', 'generic-filehandle2'].every((name) => seen[`${name} false`] === right || seen[`${name} false`].startsWith('an error'));
process.exit(ok && wrong && well ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
