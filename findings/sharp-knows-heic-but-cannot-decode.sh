#!/usr/bin/env bash
# sharp 0.35.5 (as npm installs it), with a HEIC written by heif-enc of Debian's libheif-examples (its version is printed)
#
# A server looks at each picture with `sharp(file).metadata()` before it takes it, and makes a thumbnail later, in a queue.
# One would guess: a picture whose format, width and height sharp tells can be resized by sharp.
# What happens: for a HEIC, the format of iPhones, `metadata()` says heif, hevc and the right size, and `format.heif.input` says that
# files and buffers are read. The first pixel fails: HEVC is left out of the prebuilt binaries for its patents; AVIF, which sharp
# calls "heif" too, works.
# Why it matters: the upload is accepted and acknowledged, and the job fails for ever, for pictures as iPhones take them. Ask for
# `compression === 'hevc'`, or decode one small thumbnail before the file is accepted.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
command -v heif-enc >/dev/null || { apt-get update && apt-get install -y libheif-examples; } >apt.log 2>&1 || { cat apt.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import sharp from 'sharp';

const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'libheif-examples']);
await sharp({ create: { width: 64, height: 48, channels: 3, background: '#3060c0' } }).png().toFile('picture.png');
await sharp('picture.png').avif().toFile('picture.avif');
execFileSync('heif-enc', ['picture.png', '-o', 'picture.heic'], { stdio: 'ignore' });
const look = async (file) => {
  const { format, compression, width, height } = await sharp(file).metadata();
  const thumbnail = await sharp(file).resize(16).png().toBuffer().then(() => 'works', (error) => `fails (${/Support for this compression format has not been built in/.exec(error.message) ?? error.message})`);
  return `${format}, ${compression}, ${width}x${height}, thumbnail ${thumbnail}`;
};
const [avif, heic] = [await look('picture.avif'), await look('picture.heic')];
console.log(`sharp 0.35.5, libheif-examples ${version}; sharp.format.heif.input: ${JSON.stringify(sharp.format.heif.input)}`);
console.log('guess: the thumbnail works for both');
console.log('seen:  picture.avif:', avif);
console.log('       picture.heic:', heic);
process.exit(avif === 'heif, av1, 64x48, thumbnail works' && heic.startsWith('heif, hevc, 64x48, thumbnail fails (Support') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
