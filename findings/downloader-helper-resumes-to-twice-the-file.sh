#!/usr/bin/env bash
# node-downloader-helper 2.1.11
#
# A worker fetches stored files of some size. A download breaks off, the piece is kept (`removeOnFail: false`), and the next run goes
# on with it (`resumeIfFileExists: true`), as the README shows. The server knows ranges, and the file is the same.
# One would guess: the rest is fetched and appended, and `end` tells of the whole file.
# What happens: the rest is asked for twice, once before and once after a HEAD, and both answers are appended to the one file. `end`
# comes all the same, with `incomplete: false`, a `totalSize` of 4,000,000, and an `onDiskSize` of some 7,200,000.
# Why it matters: the worker goes on with a file that is broken, and nothing failed. Within one run, by `retry`, it is right, so that
# only a worker that was started again does it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts node-downloader-helper@2.1.11 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DownloaderHelper } from 'node-downloader-helper';

const file = Buffer.from(Array.from({ length: 500_000 }, (_, i) => String(i).padStart(8, '0')).join(''));
let breaks = true;
const asked = [];
const server = createServer((request, response) => {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const start = range ? Number(range[1]) : 0;
  asked.push(`${request.method} ${request.headers.range ?? 'all'}`);
  const headers = { 'accept-ranges': 'bytes', etag: '"1"', 'content-length': file.length - start };
  if (range) headers['content-range'] = `bytes ${start}-${file.length - 1}/${file.length}`;
  response.writeHead(range ? 206 : 200, headers);
  if (request.method === 'HEAD' || !breaks) return response.end(file.subarray(start));
  breaks = false;
  response.write(file.subarray(0, 700_000), () => setTimeout(() => response.destroy(), 300));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/film.mp4`;
const download = (fileName, retry) =>
  new Promise((resolve) => {
    const download = new DownloaderHelper(url, '.', { fileName, retry, resumeIfFileExists: true, removeOnFail: false, override: false });
    download.on('end', ({ incomplete, totalSize }) => resolve(`end, incomplete: ${incomplete}, totalSize: ${totalSize}`));
    download.on('error', ({ message }) => resolve(`error, ${message}`));
    download.start().catch(() => undefined);
  });
const told = (name) => {
  const bytes = readFileSync(name);
  return `${bytes.equals(file) ? 'the file' : 'another file'} of ${bytes.length} bytes`;
};
console.log(`node-downloader-helper 2.1.11, Node ${process.version}`);
console.log(`guess: end, incomplete: false, totalSize: 4000000, the file of ${file.length} bytes`);
const retried = `${await download('retried.mp4', { maxRetries: 3, delay: 100 })}, ${told('retried.mp4')}`;
console.log(`seen:  by retry: ${retried}`);
breaks = true;
const first = `${await download('film.mp4', false)}, ${told('film.mp4')}`;
asked.length = 0;
const second = `${await download('film.mp4', false)}, ${told('film.mp4')}`;
console.log(`seen:  first run: ${first}\nseen:  second run: ${second} (${asked.join(', ')})`);
const size = readFileSync('film.mp4').length;
process.exit(retried.endsWith('the file of 4000000 bytes') && first.startsWith('error') && second.startsWith('end, incomplete: false, totalSize: 4000000, another file') && size > 5_000_000 ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
