#!/usr/bin/env bash
# @mapbox/shp-write 0.4.3, with jszip 3.10.1, read back by shapefile 0.6.6
#
# A page exports a map as a zipped shapefile before it is uploaded: `shp.zip(geojson)`. Some of its areas are in one piece, some in
# several, as with countries: GeoJSON calls them Polygon and MultiPolygon. To a shapefile both are one kind, "polygon".
# One would guess: the areas are in the file, all of them; or in two files.
# What happens: two files are made, one of the polygons and one of the multipolygons, and both are put into the zip as POLYGON.shp.
# The second replaces the first: each area in one piece is gone, without a word. Of lines it is the same.
# Why it matters: the archive opens in every program and looks well, the upload succeeds, and most of the countries are missing.
# Turn each into a MultiPolygon first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @mapbox/shp-write@0.4.3 jszip@3.10.1 shapefile@0.6.6 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import shp from '@mapbox/shp-write';
import JSZip from 'jszip';
import { read } from 'shapefile';

const square = (x) => [[[x, 0], [x, 5], [x + 5, 5], [x + 5, 0], [x, 0]]];
const feature = (name, type, coordinates) => ({ type: 'Feature', properties: { name }, geometry: { type, coordinates } });
const areas = [feature('Chad', 'Polygon', square(0)), feature('Mali', 'Polygon', square(10)), feature('Greece', 'MultiPolygon', [square(20), square(30)])];
const lines = [feature('road', 'LineString', [[0, 0], [1, 1]]), feature('river', 'MultiLineString', [[[0, 0], [1, 1]], [[2, 2], [3, 3]]])];
const namesIn = async (features) => {
  const bytes = await shp.zip({ type: 'FeatureCollection', features }, { outputType: 'nodebuffer', compression: 'STORE' });
  const zip = await JSZip.loadAsync(bytes);
  const names = [];
  for (const file of Object.keys(zip.files).filter((name) => name.endsWith('.shp'))) {
    const part = (ending) => zip.file(file.replace(/shp$/, ending)).async('nodebuffer');
    const { features: found } = await read(await part('shp'), await part('dbf'));
    names.push(...found.map(({ properties }) => properties.name));
  }
  return names.sort().join(', ');
};
console.log(`@mapbox/shp-write 0.4.3, shapefile 0.6.6, Node ${process.version}`);
const seen = [];
for (const features of [areas, lines, areas.slice(0, 2)]) {
  console.log(`guess: ${features.map(({ properties }) => properties.name).sort().join(', ')}`);
  seen.push(await namesIn(features));
  console.log(`seen:  ${seen.at(-1)}`);
}
process.exit(seen.join('; ') === 'Greece; river; Chad, Mali' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
