#!/usr/bin/env bash
# psd 3.4.0, with PSDs that Debian's ImageMagick writes and reads (its version is printed); control: ag-psd 31.0.2
#
# A server makes previews of uploaded Photoshop files: `psd.image.saveAsPng('preview.png')`. Photographers keep 16 bits for each colour,
# which is what Photoshop makes of raw photos.
# One would guess: the picture; or an error, as for what the library does not know.
# What happens: it knows that such a channel has twice the bytes, and then takes each byte for a pixel. Upper and lower halves of the numbers
# stand beside each other; the preview has the right size, and in it the upper half of the picture, twice as wide and striped.
# Why it matters: no error, and a PSD of 8 bits is right, as most test files are. (Its README says that not all depths are supported,
# and not which.)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v convert >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends imagemagick; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts psd@3.4.0 ag-psd@31.0.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
for depth in 8 16; do convert -size 64x48 gradient:red-blue -depth $depth picture-$depth.psd; done
convert -version | head -n 1
cat >run.cjs <<'EOF'
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { initializeCanvas, readPsd } = require('ag-psd');
const PSD = require('psd');

initializeCanvas(() => {}, (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }));
(async () => {
  console.log('psd 3.4.0, ag-psd 31.0.2');
  const seen = [];
  for (const depth of [8, 16]) {
    const name = `picture-${depth}.psd`;
    const psd = PSD.fromFile(name);
    psd.parse();
    await psd.image.saveAsPng('preview.png');
    const pixels = (file) => execFileSync('convert', [`${file}[0]`, '-alpha', 'off', '-depth', '8', 'rgb:-']);
    const [wanted, shown] = [pixels(name), pixels('preview.png')];
    const { data } = readPsd(readFileSync(name), { useImageData: true, skipLayerImageData: true }).imageData;
    const at = (bytes, row, channels, scale = 1) => [0, 1, 2].map((colour) => Math.floor(bytes[row * 64 * channels + colour] / scale)).join(' ');
    seen.push(wanted.every((value, i) => Math.abs(value - shown[i]) < 2));
    console.log(`guess: ${depth} bits: ${at(wanted, 0, 3)} at the top, ${at(wanted, 47, 3)} at the bottom`);
    console.log(`seen:  ${depth} bits: ${at(shown, 0, 3)} at the top, ${at(shown, 47, 3)} at the bottom (${shown.length / 3} pixels); ag-psd: ${at(data, 0, 4, depth === 16 ? 257 : 1)} and ${at(data, 47, 4, depth === 16 ? 257 : 1)}`);
  }
  process.exit(seen.join() === 'true,false' ? 0 : 1);
})();
EOF
timeout 60 node --no-warnings run.cjs
