#!/usr/bin/env bash
# file-type 21.3.4 (fileTypeFromBuffer, reasonableDetectionSizeInBytes), with pictures written by sharp 0.34.5 and utif2 4.1.0
#
# The first 4,100 bytes of a TIFF are read, as file-type itself proposes (`reasonableDetectionSizeInBytes`), and given to it.
# One would guess: `image/tiff`, since a TIFF says what it is in its first four bytes.
# What happens: of a TIFF whose directory is at its end, nothing is recognised. The library goes where the directory stands,
# to tell raw photographs of Canon and Nikon apart, finds the sample over before that, and gives up the whole detection; with
# the whole file it says `image/tiff`. sharp (libvips) writes the directory behind the picture, and so do ImageMagick and
# scanners; utif2 writes it first. So it depends on who wrote the file, and on whether it is larger than the sample.
# Why it matters: a server that reads the start of a stored object, as it should, refuses scans and exports as "no picture",
# while every small test picture passes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund file-type@21.3.4 sharp@0.34.5 utif2@4.1.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFile } from 'node:fs/promises';
import * as fileType from 'file-type';
import sharp from 'sharp';
import UTIF from 'utif2';

const versionOf = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`)).version;
for (const name of ['file-type', 'sharp', 'utif2']) console.log(name, await versionOf(name));
const sample = fileType.reasonableDetectionSizeInBytes ?? 4100;
const make = (size) => sharp({ create: { width: size, height: size, channels: 3, background: 'orange' } }).tiff({ compression: 'none' }).toBuffer();
const files = {
  'sharp, 10 × 10': await make(10),
  'sharp, 400 × 400': await make(400),
  'utif2, 400 × 400': Buffer.from(UTIF.encodeImage(new Uint8Array(400 * 400 * 4).fill(99), 400, 400)),
};
const seen = {};
for (const [name, bytes] of Object.entries(files)) {
  const directory = bytes[0] === 0x49 ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  const told = async (part) => (await fileType.fileTypeFromBuffer(part).catch((error) => ({ mime: error.name })))?.mime;
  seen[name] = [await told(bytes.subarray(0, sample)), await told(bytes)];
  console.log(`${name.padEnd(17)} directory at ${String(directory).padStart(6)} of ${String(bytes.length).padStart(6)}: by the first ${sample} bytes`, seen[name][0], '| by all of them', seen[name][1]);
}
console.log('by guess: image/tiff each time');
const expected = { 'sharp, 10 × 10': ['image/tiff', 'image/tiff'], 'sharp, 400 × 400': [undefined, 'image/tiff'], 'utif2, 400 × 400': ['image/tiff', 'image/tiff'] };
process.exit(Object.entries(expected).every(([name, list]) => list.every((type, index) => seen[name][index] === type)) ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
