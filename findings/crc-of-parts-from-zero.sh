#!/usr/bin/env bash
# crc 4.3.2, controls: crc-32 1.2.2, buffer-crc32 1.0.0, hash-wasm 4.13.0
#
# A server sums up a file while it arrives: `let sum = 0; for await (const chunk of file) sum = crc32(chunk, sum)`. So it is written
# with zlib, with Python, with crc-32 and buffer-crc32: the CRC-32 of nothing is 0.
# One would guess: the CRC-32 of the file.
# What happens: only an `undefined` is a start to this library. A 0 is taken for the inner state 0, which is that of no file, and
# what comes out is another checksum, for every file. From the second chunk on the same call is right.
# Why it matters: it has 32 bits and finds broken bytes like the right one, so that a server that compares with itself never
# notices. S3 refuses `x-amz-checksum-crc32` of it, and ZIPs and PNGs made with it are broken to all others.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts crc@4.3.2 crc-32@1.2.2 buffer-crc32@1.0.0 hash-wasm@4.13.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import bufferCrc32 from 'buffer-crc32';
import crc32 from 'crc/crc32';
import sheetCrc32 from 'crc-32';
import { crc32 as wasmCrc32 } from 'hash-wasm';

const file = Buffer.from('The quick brown fox jumps over the lazy dog');
const chunks = [file.subarray(0, 10), file.subarray(10, 30), file.subarray(30)];
const hex = (sum) => (sum >>> 0).toString(16).padStart(8, '0');
const right = await wasmCrc32(file);
const from = (start, sum) => hex(chunks.reduce((before, chunk) => sum(chunk, before), start));
const seen = {
  'crc-32, from 0': from(0, (chunk, sum) => sheetCrc32.buf(chunk, sum)),
  'buffer-crc32, from 0': from(0, (chunk, sum) => bufferCrc32.unsigned(chunk, sum)),
  'crc, from undefined': from(undefined, crc32),
  'crc, from 0': from(0, crc32),
};
console.log(`crc 4.3.2, crc-32 1.2.2, buffer-crc32 1.0.0, hash-wasm 4.13.0, Node ${process.version}`);
console.log(`guess: ${right}, as of the whole file`);
for (const [way, sum] of Object.entries(seen)) console.log(`seen:  ${way}: ${sum}`);
const { 'crc, from 0': wrong, ...others } = seen;
process.exit(Object.values(others).every((sum) => sum === right) && wrong !== right ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
