#!/usr/bin/env bash
# csv-parser 3.2.1 and neat-csv 7.0.0, which is made of it; controls: csv-parse 7.0.1, papaparse 5.7.1, fast-csv 5.0.8
#
# A server looks at an uploaded table while it stores it: `upload.pipe(csvParser())` and `upload.pipe(toTheStore)`. A stream gives the same
# Buffer to everybody that it is piped to. Some cells have quotes in them, which CSV writes twice: "6"" pipe".
# One would guess: two readers of one stream do not touch each other; the store gets the bytes of the file.
# What happens: csv-parser takes the second quote out by moving the rest of the cell one to the left, inside of the Buffer that it was
# given. Whoever looks at it later gets `"6" pipee"` for each such cell. The rows that the parser gives are right, and so is the length.
# A file on the disk is wrong where the parser was piped to first; a request over HTTP always, since that waits a moment with its bytes.
# After `await neatCsv(bytes)` the bytes themselves are others.
# Why it matters: the check passes, the store says 200, and what it has is no valid CSV any more. A checksum that is made after the parser
# agrees with it, one from before does not. Give the parser a copy (`Buffer.from(chunk)` in a Transform before it).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts csv-parser@3.2.1 neat-csv@7.0.0 csv-parse@7.0.1 papaparse@5.7.1 fast-csv@5.0.8 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { finished } from 'node:stream/promises';
import { parse as parseFast } from 'fast-csv';
import { parse } from 'csv-parse';
import csvParser from 'csv-parser';
import neatCsv from 'neat-csv';
import Papa from 'papaparse';

const table = `id,name,of\n${Array.from({ length: 2000 }, (_, i) => `${i},"${i}"" pipe",steel\n`).join('')}`;
writeFileSync('table.csv', table);
let stored;
const store = createServer(async (incoming, response) => {
  stored = Buffer.concat(await incoming.toArray()).toString();
  response.end();
});
await new Promise((resolve) => store.listen(0, '127.0.0.1', resolve));
const toTheStore = () => request({ port: store.address().port, method: 'PUT', headers: { 'content-length': table.length } });
const parsers = { 'csv-parser': () => csvParser(), 'csv-parse': () => parse({ columns: true }), papaparse: () => Papa.parse(Papa.NODE_STREAM_INPUT, { header: true }), 'fast-csv': () => parseFast({ headers: true }) };
console.log(`csv-parser 3.2.1, neat-csv 7.0.0, csv-parse 7.0.1, papaparse 5.7.1, fast-csv 5.0.8, Node ${process.version}`);
const spoilt = [];
for (const [name, parser] of Object.entries(parsers)) {
  for (const to of ['the disk', 'a store']) {
    const upload = createReadStream('table.csv');
    const rows = [];
    const reading = upload.pipe(parser()).on('data', (row) => rows.push(row));
    const copy = upload.pipe(to === 'the disk' ? createWriteStream('copy.csv') : toTheStore());
    await Promise.all([finished(reading), to === 'the disk' ? finished(copy) : new Promise((resolve) => copy.on('response', (response) => response.resume().on('end', resolve)))]);
    const kept = to === 'the disk' ? readFileSync('copy.csv', 'utf8') : stored;
    if (kept !== table) spoilt.push(`${name} ${to}`);
    console.log(`guess: ${name}, ${to}: ${table.length} bytes, the line ${table.split('\n')[8]}\nseen:  ${name}, ${to}: ${kept.length} bytes, the line ${kept.split('\n')[8]}; the parser's row: ${rows[7].name}`);
  }
}
const bytes = readFileSync('table.csv');
await neatCsv(bytes);
if (!bytes.equals(readFileSync('table.csv'))) spoilt.push('neat-csv');
console.log(`guess: neat-csv: the bytes are as before, the line ${table.split('\n')[8]}\nseen:  neat-csv: the line ${bytes.toString().split('\n')[8]}`);
store.close();
store.closeAllConnections();
process.exitCode = spoilt.join() === 'csv-parser the disk,csv-parser a store,neat-csv' ? 0 : 1;
EOF
timeout 60 node --no-warnings run.mjs
