#!/usr/bin/env bash
# probe-image-size 7.5.0 and image-size 2.1.0, with HEICs written by heif-enc of Debian's libheif-examples (its version is printed)
#
# A server reads width and height of a picture from its first bytes, to check a limit or to keep a place for it on the page. HEVC is
# coded in blocks, so the file of a picture of 1001 x 667 pixels holds a coded item of 1002 x 668 and a main item of the true size
# that is derived from it.
# One would guess: both libraries, which know HEIC, say 1001 x 667, as sharp does.
# What happens: probe-image-size finds no picture at all in such a file; image-size takes the largest size in it, so 1002 x 668, and
# 64 x 64 for a picture of 60 x 40. For sizes that fit the blocks both are right.
# Why it matters: an upload is refused as "no picture", or its place on the page has the wrong shape, for some sizes only; a test
# with round numbers does not meet it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
command -v heif-enc >/dev/null || { apt-get update && apt-get install -y libheif-examples; } >apt.log 2>&1 || { cat apt.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts probe-image-size@7.5.0 image-size@2.1.0 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { imageSize } from 'image-size';
import probe from 'probe-image-size';
import sharp from 'sharp';

const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'libheif-examples']);
console.log(`probe-image-size 7.5.0, image-size 2.1.0, sharp 0.35.5, libheif-examples ${version}`);
console.log('guess: each of the three says the size that was written');
const size = (of) => (of ? `${of.width}x${of.height}` : 'no picture');
const seen = [];
for (const [width, height] of [[1366, 768], [1001, 667], [60, 40]]) {
  await sharp({ create: { width, height, channels: 3, background: '#3060c0' } }).png().toFile('picture.png');
  execFileSync('heif-enc', ['picture.png', '-o', 'picture.heic'], { stdio: 'ignore' });
  const bytes = readFileSync('picture.heic');
  const three = [size(await sharp(bytes).metadata()), size(probe.sync(bytes)), size(imageSize(bytes))].join(', ');
  console.log(`seen:  ${width}x${height} written; sharp, probe-image-size, image-size: ${three}`);
  seen.push(three);
}
const expected = ['1366x768, 1366x768, 1366x768', '1001x667, no picture, 1002x668', '60x40, no picture, 64x64'];
process.exit(seen.join() === expected.join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
