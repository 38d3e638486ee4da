#!/usr/bin/env bash
# jimp 1.6.1 (with utif2 4.1.0), with TIFFs that tiffcp of Debian's libtiff-tools writes (its version is printed); control: sharp 0.35.5
#
# A server makes thumbnails of uploaded scans. A TIFF keeps red, green and blue of each pixel together, or first all that is red, then
# all green, then all blue (PlanarConfiguration 2, "separate"): so do scanners, satellites and `tiffcp -p separate`.
# One would guess: the same picture in both forms; or an error for the one that the library does not know.
# What happens: the planes are read as if they were pixels. Three times as many red values stand beside each other as grey, and what
# is shown is the red plane alone, three times too narrow. Packed or not, it is the same.
# Why it matters: no error, the size is right, and the thumbnail of each such scan is grey stripes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v tiffcp >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libtiff-tools; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts jimp@1.6.1 utif2@4.1.0 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
{ tiffcp -h 2>&1 || true; } | head -n 1
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Jimp } from 'jimp';
import sharp from 'sharp';

const [width, height] = [96, 64];
// Red from left to right, green from top to bottom, and some blue.
const pixels = Buffer.from(Array.from({ length: width * height }, (_, i) => [(i % width) * 2, Math.floor(i / width) * 3, 60]).flat());
writeFileSync('together.tif', await sharp(pixels, { raw: { width, height, channels: 3 } }).tiff({ compression: 'none' }).toBuffer());
execFileSync('tiffcp', ['-p', 'separate', 'together.tif', 'planes.tif']);
execFileSync('tiffcp', ['-p', 'separate', '-c', 'zip', 'together.tif', 'planes, packed.tif']);
console.log('jimp 1.6.1, utif2 4.1.0, sharp 0.35.5');
const right = [];
for (const name of ['together.tif', 'planes.tif', 'planes, packed.tif']) {
  const { bitmap } = await Jimp.read(name);
  const bySharp = await sharp(name).removeAlpha().raw().toBuffer();
  const byJimp = Buffer.from(Array.from({ length: width * height }, (_, i) => [...bitmap.data.subarray(i * 4, i * 4 + 3)]).flat());
  const at = (bytes, x, y) => [...bytes.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)].join(' ');
  right.push(bySharp.equals(pixels), byJimp.equals(pixels));
  console.log(`guess: ${name}: ${at(pixels, 10, 40)} at 10, 40 and ${at(pixels, 90, 5)} at 90, 5`);
  console.log(`seen:  ${name}: ${at(byJimp, 10, 40)} and ${at(byJimp, 90, 5)} (${bitmap.width} x ${bitmap.height}); sharp: ${at(bySharp, 10, 40)} and ${at(bySharp, 90, 5)}`);
}
process.exit(right.join() === 'true,true,true,false,true,false' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
