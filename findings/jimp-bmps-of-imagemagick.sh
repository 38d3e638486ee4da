#!/usr/bin/env bash
# jimp 0.22.12 (with bmp-js 0.1.0) and jimp 1.6.1 (with bmp-ts 1.0.9), with BMPs that Debian's ImageMagick 6 writes (its version is
# printed)
#
# A server makes thumbnails of uploaded BMPs. ImageMagick wrote them, `convert a.png a.bmp`: with the newer header of 124 bytes ("V5"),
# and pictures with a palette, of up to 256 colours, packed by run lengths (RLE).
# One would guess: the picture.
# What happens: bmp-js never looks at the number in the file that says where the pixels begin. It takes them to begin after a header of
# the old 40 bytes, so that the header's rest is the first 28 pixels: all is moved, and what leaves at one side comes in at the other.
# bmp-ts reads the header well; of what is packed by run lengths it shows the numbers of the colours instead of the colours.
# Why it matters: no error, and the size is right. BMPs of Windows itself, with the old header and without packing, are right in both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v convert >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends imagemagick; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts old@npm:jimp@0.22.12 new@npm:jimp@1.6.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
convert -size 64x48 gradient:red-yellow -type TrueColor bmp3:plain.bmp
convert -size 64x48 gradient:red-yellow -type TrueColor V5.bmp
convert -size 64x48 gradient:red-yellow -type Palette packed.bmp
convert -version | head -n 1
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Jimp } from 'new';
import Old from 'old';

console.log('jimp 0.22.12 (bmp-js 0.1.0), jimp 1.6.1 (bmp-ts 1.0.9)');
const seen = {};
for (const name of ['plain', 'V5', 'packed']) {
  const file = readFileSync(`${name}.bmp`);
  const wanted = execFileSync('convert', [`${name}.bmp`, '-depth', '8', 'rgb:-']);
  const corner = (bytes, channels) => [...bytes.subarray(0, 3), '...', ...bytes.subarray(47 * 64 * channels, 47 * 64 * channels + 3)].join(' ');
  for (const [version, Reader] of Object.entries({ '0.22.12': Old, '1.6.1': Jimp })) {
    const { bitmap } = await Reader.read(`${name}.bmp`);
    seen[`${name} ${version}`] = wanted.every((value, i) => Math.abs(bitmap.data[Math.floor(i / 3) * 4 + (i % 3)] - value) < 2);
    console.log(`guess: ${name}.bmp, header of ${file.readUInt32LE(14)} bytes, packing ${file.readUInt32LE(30)}: ${corner(wanted, 3)} at the left\nseen:  jimp ${version}: ${corner(bitmap.data, 4)}`);
  }
}
const right = Object.keys(seen).filter((which) => seen[which]).join(', ');
console.log(`seen:  right: ${right}`);
process.exit(!seen['V5 0.22.12'] && seen['V5 1.6.1'] && !seen['packed 1.6.1'] && seen['plain 0.22.12'] && seen['plain 1.6.1'] ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
