#!/usr/bin/env bash
# exceljs 4.4.0 (its WorkbookReader), controls: its own `xlsx.load`, read-excel-file 9.3.17 and xlsx 0.18.5 (SheetJS)
#
# Somebody in Japan uploads a workbook. Excel keeps beside each word that was typed there how it is read (furigana): in the cell's text
# stand "東京" and, as `<rPh>`, "トウキョウ". A server reads the rows as a stream, since workbooks may be large.
# One would guess: 東京, which is the text of the cell, and what `xlsx.load` of the same library gives.
# What happens: the stream takes each `<t>` of the entry for the text, and the last one wins. The cell is トウキョウ. Two names that
# are read alike, 佐藤 and 左藤, become one and the same.
# Why it matters: names and places are replaced by their pronunciation, for Japanese users of Excel only, and for those
# cells only that were typed and not pasted. No error. What a library writes has no readings, so that a test finds nothing.
# The workbook below is what Excel writes, without styles.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts exceljs@4.4.0 read-excel-file@9.3.17 xlsx@0.18.5 fflate@0.8.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import xlsx from 'xlsx';

const office = 'http://schemas.openxmlformats.org';
const main = `${office}/spreadsheetml/2006/main`;
const relations = `${office}/officeDocument/2006/relationships`;
const part = (name, type) => `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
const relation = (id, type, target) => `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
const relationships = (...all) => `<Relationships xmlns="${office}/package/2006/relationships">${all.join('')}</Relationships>`;
const words = [['東京', 'トウキョウ'], ['佐藤', 'サトウ'], ['左藤', 'サトウ']];
const files = {
  '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('workbook', 'sheet.main')}${part('worksheets/sheet1', 'worksheet')}${part('sharedStrings', 'sharedStrings')}</Types>`,
  '_rels/.rels': relationships(relation(1, 'officeDocument', 'xl/workbook.xml')),
  'xl/_rels/workbook.xml.rels': relationships(relation(1, 'worksheet', 'worksheets/sheet1.xml'), relation(2, 'sharedStrings', 'sharedStrings.xml')),
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/sharedStrings.xml': `<sst xmlns="${main}" count="3" uniqueCount="3">${words.map(([word, reading]) => `<si><t>${word}</t><rPh sb="0" eb="2"><t>${reading}</t></rPh><phoneticPr fontId="0"/></si>`).join('')}</sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row></sheetData></worksheet>`,
};
const bytes = Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`)]))));
writeFileSync('places.xlsx', bytes);

const readers = {
  'exceljs, as a stream': async () => {
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader('places.xlsx')) for await (const row of sheet) return row.values.slice(1);
  },
  'exceljs, load': async () => (await new ExcelJS.Workbook().xlsx.load(bytes)).worksheets[0].getRow(1).values.slice(1),
  'read-excel-file': async () => (await readExcelFile(bytes))[0].data[0],
  xlsx: () => xlsx.utils.sheet_to_json(xlsx.read(bytes).Sheets.Sheet1, { header: 1 })[0],
};
const wanted = words.map(([word]) => word).join(' ');
console.log('exceljs 4.4.0, read-excel-file 9.3.17, xlsx 0.18.5');
const seen = [];
for (const [reader, read] of Object.entries(readers)) {
  seen.push((await read()).join(' '));
  console.log(`guess: ${reader}: ${wanted}\nseen:  ${reader}: ${seen.at(-1)}`);
}
process.exit(seen.join() === ['トウキョウ サトウ サトウ', wanted, wanted, wanted].join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
