#!/usr/bin/env bash
# heif-enc of libheif 1.15.1 (Debian 12: libheif-examples 1.15.1-1+deb12u1), read by heic-convert 2.1.0; control: avifenc of
# libavif-bin
#
# A server makes HEIC of JPEGs to save room: `heif-enc photo.jpg -o photo.heic`. The photo was taken upright, so the JPEG lies and
# says "turn me" (EXIF orientation 6). Later the HEIC is made a JPEG again for a browser, by heic-convert.
# One would guess: it stands upright at the end. HEIF has a box for the rotation, and avifenc of the same photo writes it.
# What happens: heif-enc copies the EXIF and writes no box. HEIF's readers have to pass over the EXIF orientation, and heic-convert
# leaves EXIF out, so the photo lies on its side, and nothing in it tells any more that it should be turned.
# Why it matters: photos from phones are lying after a trip through the archive, and only those that were taken upright. Turn the
# pixels before.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for need in heif-enc:libheif-examples avifenc:libavif-bin; do
  command -v "${need%:*}" >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends "${need#*:}"; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
done
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts heic-convert@2.1.0 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import convert from 'heic-convert';
import sharp from 'sharp';

const shown = async (bytes) => {
  const { info } = await sharp(bytes).autoOrient().toBuffer({ resolveWithObject: true });
  return `${info.width} x ${info.height}`;
};
await sharp({ create: { width: 160, height: 120, channels: 3, background: '#c33' } }).withMetadata({ orientation: 6 }).jpeg().toFile('photo.jpg');
execFileSync('heif-enc', ['photo.jpg', '-o', 'photo.heic'], { stdio: 'ignore' });
execFileSync('avifenc', ['photo.jpg', 'photo.avif'], { stdio: 'ignore' });
const back = Buffer.from(await convert({ buffer: readFileSync('photo.heic'), format: 'JPEG', quality: 0.9 }));
const seen = [await shown('photo.jpg'), await shown('photo.avif'), await shown(back)];
console.log(/libheif version: \S+/.exec(spawnSync('heif-enc', ['--help']).stdout?.toString() + spawnSync('heif-enc', ['--help']).stderr)[0], ', heic-convert 2.1.0');
console.log('guess: 120 x 160 each time');
console.log(`seen:  ${seen[0]} (the JPEG), ${seen[1]} (by avifenc), ${seen[2]} (by heif-enc, and back by heic-convert)`);
const boxes = ['photo.heic', 'photo.avif'].map((file) => readFileSync(file).includes('irot'));
console.log(`seen:  a rotation box in the HEIC: ${boxes[0]}, in the AVIF: ${boxes[1]}`);
process.exit(seen.join() === '120 x 160,120 x 160,160 x 120' && !boxes[0] && boxes[1] ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
