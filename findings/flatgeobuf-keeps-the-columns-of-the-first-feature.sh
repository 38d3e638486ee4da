#!/usr/bin/env bash
# flatgeobuf 4.5.0
#
# A page makes FlatGeobuf of GeoJSON before it uploads it, since that is small and may be read in pieces: `geojson.serialize(places)`.
# The places have not all the same properties, as is usual in GeoJSON: the first one has no "opens".
# One would guess: each place keeps what it has.
# What happens: the table's columns are those of the first feature alone. Whatever another one has beside them is left out, without
# a word. A column is also of the first one's kind: where the first number is a number, a later "12a" becomes null.
# Why it matters: the file is valid, has each place where it was, and most of what was known of them is gone. It depends on the
# order: with the features turned around all is there, and more: what a place does not have is told as "" or false.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts flatgeobuf@4.5.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { deserialize, serialize } from 'flatgeobuf/lib/mjs/geojson.js';

const place = (properties, at) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [at, at] } });
const places = [place({ name: 'Post office', number: 7 }, 1), place({ name: 'Museum', number: '12a', opens: '10:00' }, 2), place({ name: 'Pool', number: 9, opens: '06:00', indoors: true }, 3)];
const round = async (features) => {
  const read = [];
  for await (const { properties } of deserialize(serialize({ type: 'FeatureCollection', features }))) read.push(properties);
  return read;
};
const told = (list) => list.map((properties) => JSON.stringify(properties)).join(' ');
console.log(`flatgeobuf 4.5.0, Node ${process.version}`);
console.log(`guess: ${told(places.map(({ properties }) => properties))}`);
const seen = told(await round(places));
console.log(`seen:  ${seen}`);
const turned = (await round(places.toReversed())).reverse();
console.log(`seen:  turned around: ${told(turned)}`);
const lost = '{"name":"Post office","number":7} {"name":"Museum","number":null} {"name":"Pool","number":9}';
process.exit(seen === lost && turned[2].indoors === true && turned[1].opens === '10:00' && turned[1].indoors === false && turned[0].opens === '' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
