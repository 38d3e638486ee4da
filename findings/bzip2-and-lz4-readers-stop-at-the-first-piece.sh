#!/usr/bin/env bash
# seek-bzip 2.0.0, compressjs 1.0.3, bz2 1.0.1 and lz4js 0.2.0, with files of pbzip2 1.1.13 and lz4 1.9.4 (Debian 12); controls:
# unbzip2-stream 1.4.3 and fzstd 0.1.1
#
# A bzip2 file may consist of several streams, one behind the other, and an LZ4 file of several frames. pbzip2, which packs with all
# processors, writes a stream for each 900 kB; Wikipedia's dumps ("multistream") are such files, and so is all that was appended to.
# A page or a server unpacks an upload with `decode(bytes)`.
# One would guess: all of it, as bzip2 and lz4 themselves give it; or an error.
# What happens: the first 900,000 bytes, or the first frame, and no error. What follows is passed over.
# Why it matters: a table of 5 MB becomes its first fifth. Whatever is smaller than 900 kB is right, and all that plain bzip2 packs, so
# that tests are. seek-bzip reads all of it where it is told to: `decode(bytes, undefined, true)`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for command in pbzip2 lz4 zstd; do command -v $command; done >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends pbzip2 lz4 zstd; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts seek-bzip@2.0.0 compressjs@1.0.3 bz2@1.0.1 lz4js@0.2.0 unbzip2-stream@1.4.3 fzstd@0.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
node -e "console.log(Array.from({ length: 250_000 }, (_, i) => i + ',' + (i * 2654435761 >>> 0).toString(36)).join('\n'))" >table.csv
head -c 1000000 table.csv >first
tail -c +1000001 table.csv >rest
pbzip2 -k -p2 table.csv
bzip2 -c table.csv >plain.bz2
for tool in lz4 zstd; do for part in first rest; do $tool -q -c $part; done >table.$tool; done
pbzip2 --version 2>&1 | head -n 1
lz4 --version
cat >run.cjs <<'EOF'
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const unbzip2 = require('unbzip2-stream');

const table = readFileSync('table.csv');
const streamed = (bytes) => new Promise((resolve, reject) => {
  const pieces = [];
  const stream = unbzip2().on('data', (piece) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces))).on('error', reject);
  stream.end(bytes);
});
const ways = [
  ['seek-bzip', 'table.csv.bz2', (bytes) => require('seek-bzip').decode(bytes)],
  ['compressjs', 'table.csv.bz2', (bytes) => require('compressjs').Bzip2.decompressFile(bytes)],
  ['bz2', 'table.csv.bz2', (bytes) => require('bz2').decompress(bytes)],
  ['lz4js', 'table.lz4', (bytes) => require('lz4js').decompress(bytes)],
  ['seek-bzip', 'plain.bz2', (bytes) => require('seek-bzip').decode(bytes)],
  ['bzip2 itself', 'table.csv.bz2', (bytes) => execFileSync('bzip2', ['-dc'], { input: bytes, maxBuffer: 1 << 24 })],
  ['lz4 itself', 'table.lz4', (bytes) => execFileSync('lz4', ['-dc'], { input: bytes, maxBuffer: 1 << 24 })],
  ['unbzip2-stream', 'table.csv.bz2', streamed],
  ['fzstd', 'table.zstd', (bytes) => require('fzstd').decompress(bytes)],
];
(async () => {
  const seen = [];
  for (const [reader, name, read] of ways) {
    const bytes = Buffer.from(await read(readFileSync(name)));
    seen.push(bytes.equals(table) ? 'all' : bytes.equals(table.subarray(0, bytes.length)) ? bytes.length : 'other');
    console.log(`guess: ${reader}, ${name}: ${table.length} bytes\nseen:  ${reader}, ${name}: ${bytes.length} bytes`);
  }
  process.exit(seen.join() === '900000,900000,900000,1000000,all,all,all,all,all' ? 0 : 1);
})();
EOF
timeout 60 node --no-warnings run.cjs
