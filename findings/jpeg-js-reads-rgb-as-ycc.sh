#!/usr/bin/env bash
# jpeg-js 0.4.4, as Jimp 1.6.1 decodes photos with it, controls: djpeg of Debian's libjpeg-turbo-progs (its version is printed) and
# sharp 0.35.5
#
# A JPEG is kept in RGB, not in YCbCr: `cjpeg -rgb` writes such files, and print programs do, since they keep sharp edges of red.
# One would guess: the colours are those of the picture. The file says that they are RGB: in its Adobe marker (transform 0) and in
# the names of its components, "R", "G" and "B".
# What happens: jpeg-js reads both, and takes the picture for YCbCr all the same. Red becomes green, blue becomes red, and white
# is pink.
# Why it matters: a thumbnail that a server makes with Jimp has wrong colours, where each browser shows the upload well. No error, and
# the size is right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
{ command -v cjpeg && command -v djpeg; } >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libjpeg-turbo-progs; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund jpeg-js@0.4.4 jimp@1.6.1 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
dpkg-query -W -f '${Package} ${Version}\n' libjpeg-turbo-progs || true
cat >run.mjs <<'END'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Jimp } from 'jimp';
import jpeg from 'jpeg-js';
import sharp from 'sharp';

const colours = { red: [255, 0, 0], green: [0, 128, 0], blue: [0, 0, 255], white: [255, 255, 255] };
console.log(`jpeg-js 0.4.4, jimp 1.6.1, sharp 0.35.5, Node ${process.version}`);
let same = true;
let wrong = 0;
for (const [name, colour] of Object.entries(colours)) {
  const pixels = Buffer.alloc(16 * 16 * 3, Buffer.from(colour));
  writeFileSync('in.ppm', Buffer.concat([Buffer.from('P6 16 16 255\n'), pixels]));
  const first = async (flags) => {
    execFileSync('cjpeg', [...flags, '-quality', '95', '-outfile', 'out.jpg', 'in.ppm']);
    const file = readFileSync('out.jpg');
    const ppm = execFileSync('djpeg', ['-pnm', 'out.jpg']);
    const { bitmap } = await Jimp.fromBuffer(file);
    return {
      djpeg: [...ppm.subarray(-3)],
      sharp: [...(await sharp(file).raw().toBuffer()).subarray(0, 3)],
      'jpeg-js': [...jpeg.decode(file, { useTArray: true }).data.subarray(0, 3)],
      jimp: [...bitmap.data.subarray(0, 3)],
    };
  };
  const far = (pixel) => Math.max(...pixel.map((value, i) => Math.abs(value - colour[i])));
  const [usual, rgb] = [await first([]), await first(['-rgb'])];
  console.log(`guess: ${name}: ${colour}`);
  console.log(`seen:  ${name}: ${Object.entries(rgb).map(([reader, pixel]) => `${reader} ${pixel}`).join('; ')}; jpeg-js of a usual JPEG: ${usual['jpeg-js']}`);
  same &&= Object.values(usual).every((pixel) => far(pixel) < 10) && far(rgb.djpeg) < 10 && far(rgb.sharp) < 10;
  wrong += far(rgb['jpeg-js']) > 30 && far(rgb.jimp) > 30 ? 1 : 0;
}
process.exit(same && wrong === 4 ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
