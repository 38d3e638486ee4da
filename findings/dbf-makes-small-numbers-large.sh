#!/usr/bin/env bash
# dbf 0.2.0, as @mapbox/shp-write 0.4.3 writes the attributes of a shapefile with it, read back by shapefile 0.6.6
#
# An app exports measurements as a shapefile: each point has a concentration, such as 0.00000012345678901234567.
# One would guess: the number is rounded to what its field has room for, 18 characters.
# What happens: JavaScript writes it as "1.2345678901234567e-7", 21 characters, and the field takes the first 18: the end with the
# exponent is cut off. What is stored is 1.2345678901234567. Short ones, such as 1e-7, are right, so that a test passes.
# Large numbers lose digits the same way: 12345678901234567000 is stored as a hundredth of it.
# Why it matters: the file is valid, its sums of rows and bytes are right, and a trace of a poison is ten million times as much.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @mapbox/shp-write@0.4.3 dbf@0.2.0 jszip@3.10.1 shapefile@0.6.6 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import shp from '@mapbox/shp-write';
import JSZip from 'jszip';
import { read } from 'shapefile';

const values = [0.00000012345678901234567, 1e-7, 1 / 3e8, 1 / 3, 12345678901234567000, 42];
const features = values.map((value, i) => ({ type: 'Feature', properties: { value }, geometry: { type: 'Point', coordinates: [i, i] } }));
const bytes = await shp.zip({ type: 'FeatureCollection', features }, { outputType: 'nodebuffer', compression: 'STORE' });
const zip = await JSZip.loadAsync(bytes);
const part = (ending) => zip.file(new RegExp(`\\.${ending}$`))[0].async('nodebuffer');
const { features: found } = await read(await part('shp'), await part('dbf'));
console.log(`@mapbox/shp-write 0.4.3, dbf 0.2.0, shapefile 0.6.6, Node ${process.version}`);
const ratios = found.map(({ properties }, i) => {
  const ratio = properties.value / values[i];
  console.log(`guess: ${values[i]}\nseen:  ${properties.value}${Math.abs(ratio - 1) < 1e-6 ? '' : `, ${ratio.toPrecision(3)} times as much`}`);
  return Number(ratio.toPrecision(3));
});
process.exit(ratios.join() === '10000000,1,1000000000,1,0.01,1' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
