#!/usr/bin/env bash
# changedpi 1.0.4, with JPEGs written by jpeg-js 0.4.4 (with JFIF) and sharp 0.35.5 (without), read by sharp and exifr 7.1.3
#
# A page sets the resolution of photos before it uploads them to a print shop: `changeDpiDataUrl(photo, 300)`. "Quickly change the dpi
# for an image without re-encoding", its summary says.
# One would guess: the resolution is 300, and all else is as it was.
# What happens: five bytes are written to a fixed place, where a JPEG of an editor has its resolution (JFIF). A JPEG of a camera or a
# phone has its Exif there, and the five bytes fall into its first line, which says how all of it is to be read: readers find no Exif
# any more. Where a JPEG has neither, as sharp writes it, they fall into the tables that its colours are computed with.
# Why it matters: which way is up is kept in the Exif. A photo that was taken upright is printed lying, and its date is gone; the
# other one has other colours. No error, and the resolution is not set in either.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund changedpi@1.0.4 exifr@7.1.3 jpeg-js@0.4.4 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import changedpi from 'changedpi';
import exifr from 'exifr';
import jpeg from 'jpeg-js';
import sharp from 'sharp';

const [width, height] = [40, 20];
const data = Buffer.from(Array.from({ length: width * height }, (_, i) => [(i % width) * 6, Math.floor(i / width) * 12, 90, 255]).flat());
const picture = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
const photos = {
  'an editor': jpeg.encode({ data, width, height }, 90).data,
  'a camera': await picture.clone().withMetadata({ orientation: 6, density: 72, exif: { IFD0: { Make: 'Camera' } } }).jpeg().toBuffer(),
  sharp: await picture.clone().jpeg().toBuffer(),
};
const change = (file) => Buffer.from(changedpi.changeDpiDataUrl(`data:image/jpeg;base64,${file.toString('base64')}`, 300).split(',')[1], 'base64');
const pixels = (file) => sharp(file).raw().toBuffer();
const told = async (file, before) => {
  const { density } = await sharp(file).metadata();
  const exif = await exifr.parse(file).catch(() => undefined);
  const { info } = await sharp(file).rotate().toBuffer({ resolveWithObject: true });
  const [now, then] = [await pixels(file), await pixels(before)];
  const colours = now.every((value, i) => value === then[i]) ? 'as they were' : 'others';
  return `density ${density}, made by ${exif?.Make}, ${info.width} x ${info.height}, colours ${colours}`;
};
console.log(`changedpi 1.0.4, jpeg-js 0.4.4, sharp 0.35.5, exifr 7.1.3, Node ${process.version}`);
const all = [];
for (const [writer, photo] of Object.entries(photos)) {
  const guess = (await told(photo, photo)).replace(/density \d+/, 'density 300');
  const seen = await told(change(photo), photo);
  console.log(`guess: of ${writer}: ${guess}\nseen:  of ${writer}: ${seen}`);
  all.push([guess, seen]);
}
const [editor, camera, plain] = all;
const well = editor[0] === editor[1];
const lying = camera[0] === 'density 300, made by Camera, 20 x 40, colours as they were' && /^density (?!300).*made by undefined, 40 x 20, colours as they were$/.test(camera[1]);
process.exit(well && lying && /^density (?!300).*colours others$/.test(plain[1]) ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
