#!/usr/bin/env bash
# probe-image-size 7.5.0, with photos written by sharp 0.35.5 and avifenc of Debian's libavif-bin (its version is printed)
#
# A phone held upright writes its photo lying, and a note to turn it: orientation 6 in JPEG, a rotation box in AVIF and HEIC. A
# server reads size and `orientation` of a picture from its first bytes, to keep a place on the page and to turn a thumbnail.
# One would guess: the same photo has the same orientation as JPEG and as AVIF.
# What happens: the rotation box counts against the clock, EXIF with it, and the library reads one as the other: 6 becomes 8, and 8
# becomes 6. Only upside down is right. The picture is turned by 180 degrees from how it should be.
# Why it matters: thumbnails of AVIFs from phones and converters stand on their heads; the same photo as JPEG is right. (avifenc
# makes the box from the JPEG's orientation by itself.)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v avifenc >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libavif-bin; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts probe-image-size@7.5.0 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import probe from 'probe-image-size';
import sharp from 'sharp';

// The left half is red, the right half is blue.
const pixels = Buffer.alloc(120 * 80 * 3);
for (let i = 0; i < 120 * 80; i++) pixels.set(i % 120 < 60 ? [255, 0, 0] : [0, 0, 255], i * 3);
const where = async (file) => {
  const { data, info } = await sharp(file).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const red = (x, y) => data[(y * info.width + x) * info.channels] > 128;
  const { width, height } = info;
  return ['top', 'bottom', 'left', 'right'].find((side) => red(...{ top: [width / 2, 4], bottom: [width / 2, height - 5], left: [4, height / 2], right: [width - 5, height / 2] }[side]) &&
    !red(...{ top: [width / 2, height - 5], bottom: [width / 2, 4], left: [width - 5, height / 2], right: [4, height / 2] }[side]));
};
console.log(`probe-image-size 7.5.0, ${execFileSync('avifenc', ['--version']).toString().split('\n')[0]}`);
const seen = [];
for (const orientation of [6, 8, 3]) {
  await sharp(pixels, { raw: { width: 120, height: 80, channels: 3 } }).withMetadata({ orientation }).jpeg().toFile(`${orientation}.jpg`);
  execFileSync('avifenc', [`${orientation}.jpg`, `${orientation}.avif`], { stdio: 'ignore' });
  const [jpeg, avif] = ['jpg', 'avif'].map((type) => probe.sync(readFileSync(`${orientation}.${type}`)).orientation);
  const shown = [await where(`${orientation}.jpg`), await where(`${orientation}.avif`)];
  seen.push(`${jpeg} ${avif} ${shown[0] === shown[1]}`);
  console.log(`guess: JPEG ${orientation}, AVIF ${orientation}\nseen:  JPEG ${jpeg}, AVIF ${avif} (both are shown with red at the ${shown.join(' and ')})`);
}
process.exit(seen.join() === '6 8 true,8 6 true,3 3 true' ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
