#!/usr/bin/env bash
# csv-stringify 6.9.0 writes; csv-parser 3.2.1, d3-dsv 3.0.2 and Python's own csv read; control: papaparse 5.7.1 writes
#
# An app exports a table for Excel, with Windows line ends: `stringify(rows, { record_delimiter: 'windows' })`. A note has two lines,
# with a plain line feed between them, as each `<textarea>` gives it to JavaScript.
# One would guess: the note is put in quotes, as each field with a line break is by RFC 4180.
# What happens: only a field with the record delimiter itself, CR LF, is put in quotes. One with a line feed is written bare, and
# readers take that for the end of the row. With the default line ends it is quoted.
# Why it matters: the file is uploaded, and where it is read, a row is two, and the second one has the rest of the note in the place
# of an id. Rows without such notes are right, so that a test with them says nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v python3 >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends python3; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts csv-stringify@6.9.0 csv-parser@3.2.1 d3-dsv@3.0.2 papaparse@5.7.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import csvParser from 'csv-parser';
import { stringify } from 'csv-stringify/sync';
import { csvParseRows } from 'd3-dsv';
import Papa from 'papaparse';

const rows = [['id', 'note', 'size'], ['1', 'left\nat the door', '20'], ['2', 'none', '30']];
const python = 'import csv, json, sys\nprint(json.dumps(list(csv.reader(open(sys.argv[1], newline="")))))';
const readers = {
  'csv-parser': async (text) => (await Readable.from([text]).pipe(csvParser({ headers: false })).toArray()).map((row) => Object.values(row)),
  'd3-dsv': (text) => csvParseRows(text),
  python: (text) => {
    writeFileSync('table.csv', text);
    return JSON.parse(execFileSync('python3', ['-c', python, 'table.csv']));
  },
};
console.log(`csv-stringify 6.9.0, csv-parser 3.2.1, d3-dsv 3.0.2, papaparse 5.7.1, Node ${process.version}, ${String(execFileSync('python3', ['--version'])).trim()}`);
const texts = {
  'csv-stringify, windows': stringify(rows, { record_delimiter: 'windows' }),
  'csv-stringify': stringify(rows),
  papaparse: Papa.unparse(rows),
};
const ok = {};
for (const [writer, text] of Object.entries(texts)) {
  for (const [reader, read] of Object.entries(readers)) {
    const seen = JSON.stringify(await read(text));
    ok[`${writer}, ${reader}`] = seen === JSON.stringify(rows);
    if (writer.endsWith('windows')) console.log(`guess: ${reader}: ${JSON.stringify(rows)}\nseen:  ${reader}: ${seen}`);
  }
}
console.log(`seen:  right: ${Object.keys(ok).filter((way) => ok[way]).join('; ')}`);
process.exit(Object.entries(ok).every(([way, right]) => right !== way.startsWith('csv-stringify, windows')) ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
