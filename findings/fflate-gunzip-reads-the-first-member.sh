#!/usr/bin/env bash
# fflate 0.8.3, controls: pako 3.0.1, Node's zlib and DecompressionStream
#
# A gzip file may have several members, one behind the other: logs that were joined by `cat`, everything that bgzip writes (genomes
# come so: .vcf.gz, .bed.gz, with a member for each 64 KiB), and what some tools append to. A page unpacks a picked file with
# `gunzipSync`.
# One would guess: all of it, as gzip, browsers and fflate's own streaming `Gunzip` give it; or an error.
# What happens: `gunzipSync`, `gunzip` and `decompressSync` give the first member, and no error. What follows is passed over.
# Why it matters: a file of 320 kB becomes one of 100 kB, a genome becomes its first 64 KiB, and what is uploaded looks whole. The
# last four bytes of the file, which tell a size, do not help: they speak of the last member.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts fflate@0.8.3 pako@3.0.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { gunzipSync as nodeGunzip, gzipSync } from 'node:zlib';
import { decompressSync, Gunzip, gunzip, gunzipSync } from 'fflate';
import { ungzip } from 'pako';

const text = Buffer.from(Array.from({ length: 30_000 }, (_, i) => `line ${i}\n`).join(''));
const bytes = Buffer.concat([gzipSync(text.subarray(0, 100_000)), gzipSync(text.subarray(100_000, 200_000)), gzipSync(text.subarray(200_000))]);
const sizes = {
  'fflate gunzipSync': gunzipSync(bytes).length,
  'fflate decompressSync': decompressSync(bytes).length,
  'fflate gunzip': await new Promise((resolve, reject) => gunzip(bytes, (error, data) => (error ? reject(error) : resolve(data.length)))),
  'fflate Gunzip': await new Promise((resolve) => {
    let size = 0;
    new Gunzip((data, last) => { size += data.length; if (last) resolve(size); }).push(bytes, true);
  }),
  pako: ungzip(bytes).length,
  'node:zlib': nodeGunzip(bytes).length,
  DecompressionStream: (await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()).byteLength,
};
console.log('fflate 0.8.3: a gzip file of three members');
console.log(`guess: ${text.length} bytes from each`);
for (const [name, size] of Object.entries(sizes)) console.log(`seen:  ${size} from ${name}`);
process.exit(Object.values(sizes).join() === [100_000, 100_000, 100_000, text.length, text.length, text.length, text.length].join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
