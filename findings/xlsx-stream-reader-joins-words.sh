#!/usr/bin/env bash
# xlsx-stream-reader 1.1.1, with a workbook written by XlsxWriter of Debian's python3-xlsxwriter (its version is printed); controls:
# exceljs 4.4.0 and xlsx 0.18.5 (SheetJS)
#
# Somebody uploads a workbook in which a part of a cell is bold: "Not for resale". The format keeps such a text in runs, "Not " and "for
# resale", and says of the space that it counts (`xml:space="preserve"`). A server reads the rows as a stream.
# One would guess: "Not for resale".
# What happens: each run is trimmed, and then they are joined: "Notfor resale". Where "12" was made bold in "Row 5 12", it is
# row 512. A text of one run loses the spaces at its ends, too.
# Why it matters: words, codes and amounts run into each other where somebody marked a piece of them, and nowhere else. No error.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
/usr/bin/python3 -c 'import xlsxwriter' 2>"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends python3-xlsxwriter; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts xlsx-stream-reader@1.1.1 exceljs@4.4.0 xlsx@0.18.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
/usr/bin/python3 - <<'EOF'
import xlsxwriter
print('XlsxWriter', xlsxwriter.__version__)
with xlsxwriter.Workbook('marked.xlsx') as book:
    bold = book.add_format({'bold': True})
    sheet = book.add_worksheet()
    sheet.write_rich_string('A1', 'Not ', bold, 'for resale')
    sheet.write_rich_string('B1', 'Row 5 ', bold, '12')
    sheet.write_string('C1', 'plain text')
EOF
cat >run.cjs <<'EOF'
const { createReadStream } = require('node:fs');
const ExcelJS = require('exceljs');
const xlsx = require('xlsx');
const XlsxStreamReader = require('xlsx-stream-reader');

const readers = {
  'xlsx-stream-reader': () => new Promise((resolve, reject) => {
    const rows = [];
    const reader = new XlsxStreamReader();
    reader.on('worksheet', (sheet) => sheet.on('row', ({ values }) => rows.push(values.slice(1))).process());
    reader.on('end', () => resolve(rows[0])).on('error', reject);
    createReadStream('marked.xlsx').pipe(reader);
  }),
  'exceljs, as a stream': async () => {
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader('marked.xlsx')) for await (const row of sheet) return row.values.slice(1).map((cell) => cell.richText?.map(({ text }) => text).join('') ?? cell);
  },
  xlsx: async () => xlsx.utils.sheet_to_json(xlsx.readFile('marked.xlsx').Sheets.Sheet1, { header: 1 })[0],
};
(async () => {
  const wanted = JSON.stringify(['Not for resale', 'Row 5 12', 'plain text']);
  console.log('xlsx-stream-reader 1.1.1, exceljs 4.4.0, xlsx 0.18.5');
  const seen = [];
  for (const [reader, read] of Object.entries(readers)) {
    seen.push(JSON.stringify(await read()));
    console.log(`guess: ${reader}: ${wanted}\nseen:  ${reader}: ${seen.at(-1)}`);
  }
  process.exit(seen[0] === JSON.stringify(['Notfor resale', 'Row 512', 'plain text']) && seen[1] === wanted && seen[2] === wanted ? 0 : 1);
})();
EOF
timeout 60 node --no-warnings run.cjs
