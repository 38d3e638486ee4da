#!/usr/bin/env bash
# geotiff 3.0.5 (writeArrayBuffer), read back by itself and by tiffdump of Debian's libtiff-tools (its version is printed)
#
# A page writes a map of heights before it is uploaded: `writeArrayBuffer(heights, { width, height })`, with an Int16Array, since
# heights may lie below the sea. Int16 is what most models of elevation come in.
# One would guess: the heights are in the file.
# What happens: the file says "16 bits, signed" of itself, which is right, but each height is written as one byte, without its upper
# half, and the second half of the picture is zero. Read back, 10, 2, 300 are 2562, 11268, 1286. Int32Array is the same.
# Uint16Array, Uint8Array and floats are right, and so are tests with them.
# Why it matters: no error, and the header, the size and the place on the map are right. Only the ground is another.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v tiffdump >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libtiff-tools; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts geotiff@3.0.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
dpkg-query -W -f '${Package} ${Version}\n' libtiff-tools || true
cat >run.mjs <<'END'
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fromArrayBuffer, writeArrayBuffer } from 'geotiff';

console.log(`geotiff 3.0.5, Node ${process.version}`);
const seen = {};
for (const Kind of [Uint16Array, Float32Array, Int16Array, Int32Array]) {
  const heights = Kind.of(10, 2, 300, 4, 5, 6);
  const file = Buffer.from(await writeArrayBuffer(heights, { width: 3, height: 2 }));
  const image = await (await fromArrayBuffer(file.buffer.slice(file.byteOffset, file.byteOffset + file.length))).getImage();
  const [band] = await image.readRasters();
  seen[Kind.name] = [...band].join();
  console.log(`guess: ${Kind.name}: ${[...heights].join()}\nseen:  ${Kind.name}: ${seen[Kind.name]}`);
  if (Kind !== Int16Array) continue;
  writeFileSync('heights.tif', file);
  const told = execFileSync('tiffdump', ['heights.tif']).toString();
  const [, at] = /StripOffsets \(273\) \w+ \(\d\) 1<(\d+)>/.exec(told);
  const [, size] = /StripByteCounts \(279\) \w+ \(\d\) 1<(\d+)>/.exec(told);
  seen.bytes = file.subarray(Number(at), Number(at) + Number(size)).toString('hex');
  console.log(`guess: the ${size} bytes in the file: 000a0002012c000400050006\nseen:  the ${size} bytes in the file: ${seen.bytes}`);
}
const right = seen.Uint16Array === '10,2,300,4,5,6' && seen.Float32Array === seen.Uint16Array;
process.exit(right && seen.Int16Array === '2562,11268,1286,0,0,0' && seen.Int32Array.endsWith(',0,0,0,0') && seen.bytes === '0a022c040506000000000000' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
