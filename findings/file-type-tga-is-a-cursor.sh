#!/usr/bin/env bash
# file-type 21.3.4, with pictures written by @imagemagick/magick-wasm 0.0.38 (ImageMagick 7)
#
# A picture is written as TGA, as ImageMagick, GraphicsMagick and Pillow write it: true colour, no palette.
# One would guess: a library that tells files by their content says `image/x-tga`, or, as TGA has no mark at its start,
# nothing at all.
# What happens: it is a mouse pointer for Windows, `cur`, `image/x-icon`. A true-colour TGA begins with 00 00 02, and the
# byte behind it is 0 where there is no palette; these four bytes are also how a .cur begins, and no more is looked at. The
# same picture compressed begins with 00 00 0a, and is not recognised.
# Why it matters: a route that takes `image/x-tga` refuses textures of games as "not what their name says", and one that
# renames uploads by their content stores them as .cur, which no program opens.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts file-type@21.3.4 @imagemagick/magick-wasm@0.0.38 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFile } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { CompressionMethod, ImageMagick, initializeImageMagick, Magick, MagickColors, MagickFormat } from '@imagemagick/magick-wasm';

await initializeImageMagick(await readFile('node_modules/@imagemagick/magick-wasm/dist/magick.wasm'));
console.log(Magick.imageMagickVersion);
console.log('file-type', JSON.parse(await readFile('node_modules/file-type/package.json')).version);

function written(format, compression) {
  let bytes;
  const image = ImageMagick.read(MagickColors.Orange, 64, 48, (image) => {
    image.settings.compression = compression;
    image.write(format, (data) => {
      bytes = Uint8Array.from(data);
    });
  });
  return image ?? bytes;
}
const seen = {};
for (const [name, format, compression] of [
  ['png', MagickFormat.Png, CompressionMethod.Undefined],
  ['tga', MagickFormat.Tga, CompressionMethod.NoCompression],
  ['packed tga', MagickFormat.Tga, CompressionMethod.RLE],
]) {
  const bytes = written(format, compression);
  const type = await fileTypeFromBuffer(bytes);
  seen[name] = type?.mime;
  console.log(name.padEnd(11), Buffer.from(bytes.subarray(0, 4)).toString('hex'), '→', type ?? 'not recognised');
}
console.log('by guess: image/x-tga, or nothing');
process.exit(seen.png === 'image/png' && seen.tga === 'image/x-icon' && seen['packed tga'] === undefined ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
