#!/usr/bin/env bash
# gpxparser 3.0.8 and @we-gold/gpxjs 1.2.0; control: @tmcw/togeojson 7.1.3
#
# Somebody uploads a tour. They paused their watch, took a train, and went on in another valley, so that the track has two segments:
# GPX begins a new `<trkseg>` "where GPS reception was lost, or the GPS receiver was turned off".
# One would guess: the distance of what was walked, 222 m.
# What happens: both readers put the points of all segments into one list, and count the way between them as well: 111 km. The lines
# that they draw go straight across the mountains, and no property tells any more where a segment began.
# Why it matters: distances, speeds and rankings are wrong for those who pause, and for nobody who tests on a single loop.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts gpxparser@3.0.8 @we-gold/gpxjs@1.2.0 @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createRequire } from 'node:module';
import { gpx } from '@tmcw/togeojson';
import { parseGPXWithCustomParser } from '@we-gold/gpxjs';
import { DOMParser } from '@xmldom/xmldom';

const GpxParser = createRequire(import.meta.url)('gpxparser');
const point = (latitude) => `<trkpt lat="${latitude}" lon="8"><ele>500</ele></trkpt>`;
const tour = `<?xml version="1.0"?><gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Two valleys</name>
<trkseg>${point(47)}${point(47.001)}</trkseg>
<trkseg>${point(48)}${point(48.001)}</trkseg></trk></gpx>`;
const read = (text) => new DOMParser().parseFromString(text, 'text/xml');

const byGpxparser = new GpxParser();
byGpxparser.parse(tour);
const [{ distance }] = byGpxparser.tracks;
const [drawn] = byGpxparser.toGeoJSON().features;
const [byGpxjs, error] = parseGPXWithCustomParser(tour, read);
const [{ geometry }] = gpx(read(tour)).features;
console.log('gpxparser 3.0.8, @we-gold/gpxjs 1.2.0, @tmcw/togeojson 7.1.3');
console.log(`guess: 222 m, in two lines\nseen:  gpxparser: ${Math.round(distance.total)} m, a ${drawn.geometry.type} of ${drawn.geometry.coordinates.length} points`);
console.log(`guess: 222 m\nseen:  @we-gold/gpxjs: ${Math.round(byGpxjs?.tracks[0].distance.total)} m, ${byGpxjs?.tracks[0].points.length} points`, error ?? '');
console.log(`guess: two lines\nseen:  @tmcw/togeojson: a ${geometry.type} of ${geometry.coordinates.length} lines`);
const walked = [distance.total, byGpxjs?.tracks[0].distance.total].every((total) => total > 100_000);
process.exit(walked && drawn.geometry.coordinates.length === 4 && geometry.coordinates.length === 2 ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
