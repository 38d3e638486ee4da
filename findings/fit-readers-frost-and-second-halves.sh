#!/usr/bin/env bash
# easy-fit 0.0.8 and fit-file-parser 6.1.2, with files that Garmin's own @garmin/fitsdk 21.217.0 writes and reads
#
# Somebody uploads a ski tour of their watch (.fit): 5 degrees below zero, 100 m above the sea. The format lets several recordings stand
# one behind the other in a file ("chained FIT files"), and here there are two.
# One would guess: -5 degrees, 100 m, both recordings.
# What happens: easy-fit reads signed bytes as unsigned, so that frost is heat: 251 degrees. Heights in the newer field,
# `enhanced_altitude`, are a thousand metres too high, since its offset of 500 is taken with the wrong sign; the older `altitude` is
# right. fit-file-parser, its successor, has both right. Of the two recordings either gives the first one, and no error.
# Why it matters: in summer, with an old watch and one recording, all is well. The others get curves that look like a fault of the
# watch, or half a tour.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts easy-fit@0.0.8 fit-file-parser@6.1.2 @garmin/fitsdk@21.217.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { Decoder, Encoder, Profile, Stream } from '@garmin/fitsdk';
import EasyFit from 'easy-fit';
import FitFileParser from 'fit-file-parser';

const { FILE_ID, RECORD } = Profile.MesgNum;
const start = new Date('2026-01-10T08:00:00Z');
const recording = () => {
  const encoder = new Encoder();
  encoder.onMesg(FILE_ID, { type: 'activity', manufacturer: 'development', product: 1, timeCreated: start, serialNumber: 1 });
  for (let i = 0; i < 5; i++) encoder.onMesg(RECORD, { timestamp: new Date(start.getTime() + i * 1000), temperature: -5, altitude: 100, enhancedAltitude: 100 });
  return Buffer.from(encoder.close());
};
const file = Buffer.concat([recording(), recording()]);
const options = { force: true, lengthUnit: 'm', temperatureUnit: 'celsius', mode: 'list' };
const parsed = (Parser, bytes) => new Promise((resolve, reject) => {
  const { default: Class = Parser } = Parser;
  new Class(options).parse(bytes, (error, { records } = {}) => (error ? reject(error) : resolve(records)));
});
const bySdk = new Decoder(Stream.fromBuffer(file)).read().messages.recordMesgs.map(({ temperature, altitude, enhancedAltitude }) => ({ temperature, altitude, enhanced_altitude: enhancedAltitude }));
const seen = {
  '@garmin/fitsdk': bySdk,
  'easy-fit': await parsed(EasyFit, file.buffer.slice(file.byteOffset, file.byteOffset + file.length)),
  'fit-file-parser': await parsed(FitFileParser, file),
};
console.log('easy-fit 0.0.8, fit-file-parser 6.1.2, @garmin/fitsdk 21.217.0');
const told = Object.entries(seen).map(([reader, records]) => {
  const [{ temperature, altitude, enhanced_altitude: enhanced }] = records;
  const text = `${temperature} degrees, ${altitude} m, by the newer field ${enhanced} m, ${records.length} records`;
  console.log(`guess: ${reader}: -5 degrees, 100 m, by the newer field 100 m, 10 records\nseen:  ${reader}: ${text}`);
  return [temperature, altitude, enhanced, records.length].join(' ');
});
process.exit(told.join() === '-5 100 100 10,251 100 1100 5,-5 100 100 5' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
