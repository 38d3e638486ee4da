#!/usr/bin/env bash
# tiff 7.1.3, and image-js 1.7.0 that reads with it; with TIFFs written by sharp 0.35.5
#
# A page looks at uploaded scans and maps before it sends them. Large ones are in tiles: sharp writes them so with `tile: true`, and
# so are all that a viewer zooms into.
# One would guess: the pixels of a picture in tiles are those of the same picture in rows.
# What happens: for each pixel of a tile one number is read, not three. So the first third of the tile's numbers is spread over all of
# it as red, and green and blue are 0. A picture in shades of grey is right.
# Why it matters: no error, the size is right, and what is shown, compared or made smaller is another picture.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund tiff@7.1.3 image-js@1.7.0 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { decode as decodeImage } from 'image-js';
import sharp from 'sharp';
import { decode } from 'tiff';

const [width, height] = [32, 32];
const data = Buffer.from(Array.from({ length: width * height }, (_, i) => [i % 256, (i * 7) % 256, (i * 31) % 256]).flat());
const picture = sharp(data, { raw: { width, height, channels: 3 } });
const grey = sharp(data.subarray(0, width * height), { raw: { width, height, channels: 1 } });
const tiled = { tile: true, tileWidth: 16, tileHeight: 16 };
const wrongIn = (seen, right) => seen.reduce((sum, value, i) => sum + (value === right[i] ? 0 : 1), 0);
console.log(`tiff 7.1.3, image-js 1.7.0, sharp 0.35.5, Node ${process.version}`);
const seen = [];
for (const [name, source, options] of [['rows', picture, {}], ['tiles', picture, tiled], ['grey tiles', grey.toColourspace('b-w'), tiled]]) {
  const file = await source.clone().tiff({ compression: 'none', ...options }).toBuffer();
  const right = await (name === 'grey tiles' ? sharp(file).toColourspace('b-w') : sharp(file)).raw().toBuffer();
  const [{ data: own }] = decode(file);
  const { data: byImage } = decodeImage(file).getRawImage();
  const [first, second] = [wrongIn(own, right), wrongIn(byImage, right)];
  const zeros = own.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  seen.push([first, second]);
  console.log(`guess: ${name}: 0 of ${right.length} numbers wrong\nseen:  ${name}: tiff ${first}, image-js ${second} wrong; ${zeros} of ${own.length} are 0`);
}
const [rows, tiles, greys] = seen;
process.exit([...rows, ...greys].every((count) => count === 0) && tiles.every((count) => count > 2000) ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
