#!/usr/bin/env bash
# exceljs 4.4.0, control: read-excel-file 9.3.17, with a workbook written by XlsxWriter of Debian's python3-xlsxwriter (its version is
# printed)
#
# Somebody uploads a workbook, and the server reads its numbers. One column is of lengths, in the format `0.00\ \m`, so that Excel
# shows "12.50 m"; another one is of rupees, `\R\s\ #,##0.00`. The backslash says that the letter after it is only shown.
# One would guess: 12.5, as it is in the file.
# What happens: where a format has one of the letters d, h, m, s, y, it is a date to exceljs. Letters in quotes and in brackets it
# leaves out, those behind a backslash or an underscore it does not. 12.5 metres become a Date, 11 January 1900, noon. By its stream
# reader too.
# Why it matters: Excel writes units and currencies both ways. The same sheet is read right from one person and as dates from another,
# and a Date in a JSON column or a sum raises no error.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
/usr/bin/python3 -c 'import xlsxwriter' 2>"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends python3-xlsxwriter; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 read-excel-file@9.3.17 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >make.py <<'END'
import xlsxwriter
print('XlsxWriter', xlsxwriter.__version__)
book = xlsxwriter.Workbook('lengths.xlsx')
sheet = book.add_worksheet()
for row, code in enumerate(['0.00', '0.00" m"', '0.00\\ \\m', '\\R\\s\\ #,##0.00', '_-* #,##0.00\\ _D_M_-', '0.0\\ \\k\\m']):
    sheet.write_string(row, 0, code)
    sheet.write_number(row, 1, 12.5, book.add_format({'num_format': code}))
book.close()
END
/usr/bin/python3 make.py
cat >run.mjs <<'END'
import { createReadStream } from 'node:fs';
import ExcelJS from 'exceljs';
import readSheet from 'read-excel-file/node';

const book = new ExcelJS.Workbook();
await book.xlsx.readFile('lengths.xlsx');
const byBook = new Map();
book.worksheets[0].eachRow((row) => byBook.set(row.getCell(1).value, row.getCell(2).value));
const byStream = new Map();
for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(createReadStream('lengths.xlsx'), { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit' }))
  for await (const row of sheet) byStream.set(row.getCell(1).value, row.getCell(2).value);
const read = await readSheet('lengths.xlsx');
const rows = read[0]?.data ?? read;
console.log(`exceljs 4.4.0, read-excel-file 9.3.17, Node ${process.version}`);
const told = (value) => (value instanceof Date ? value.toISOString() : String(value));
const seen = [];
for (const [code, control] of rows) {
  seen.push([control, byBook.get(code), byStream.get(code)].map(told));
  console.log(`guess: ${code}: 12.5\nseen:  ${code}: read-excel-file ${seen.at(-1)[0]}, exceljs ${seen.at(-1)[1]}, its stream reader ${seen.at(-1)[2]}`);
}
const date = '1900-01-11T12:00:00.000Z';
const expected = [['12.5', '12.5', '12.5'], ['12.5', '12.5', '12.5'], ...Array(4).fill(['12.5', date, date])];
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
