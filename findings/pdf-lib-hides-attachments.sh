#!/usr/bin/env bash
# pdf-lib 1.17.1 and @cantoo/pdf-lib 2.11.1, with PDFs of qpdf, read by qpdf and by pdfdetach of poppler-utils (Debian; versions are
# printed)
#
# A server adds a file to an uploaded PDF: `pdf.attach(bytes, 'z-receipt.txt')`. The PDF has 80 attachments already, that qpdf added.
# One would guess: it has 81.
# What happens: the names of many attachments are kept as a tree, whose root has branches and no names of its own. `attach` puts the
# new name at the root, beside the branches, where the format allows only one of both. pdf-lib writes that; then qpdf finds one
# attachment, the new one, and poppler all. @cantoo/pdf-lib writes it too, so that poppler and qpdf find 80, without the new one.
# Why it matters: the saved file opens, `attach` threw nothing, and which attachments are there depends on who looks. PDFs with
# attachments are invoices and court files, where they are what counts.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
{ command -v qpdf && command -v pdfdetach; } >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends qpdf poppler-utils; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts pdf-lib@1.17.1 @cantoo/pdf-lib@2.11.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
dpkg-query -W -f '${Package} ${Version}\n' qpdf poppler-utils || true
cat >run.mjs <<'END'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const run = (...line) => execFileSync(line[0], line.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const qpdf = (file) => run('qpdf', '--list-attachments', file).split('\n').filter((line) => line.includes(' -> ')).map((line) => line.split(' -> ')[0]);
const poppler = (file) => run('pdfdetach', '-list', file).split('\n').flatMap((line) => /^\d+: (.+)$/.exec(line)?.[1] ?? []);
const told = (file) => [qpdf, poppler].map((list) => `${list.name} finds ${list(file).length}, the new one: ${list(file).includes('z-receipt.txt')}`).join('; ');
const names = Array.from({ length: 80 }, (_, i) => `page-${i}.txt`);
for (const name of names) writeFileSync(name, name);
console.log(`pdf-lib 1.17.1, @cantoo/pdf-lib 2.11.1, Node ${process.version}`);
const seen = [];
for (const library of ['pdf-lib', '@cantoo/pdf-lib']) {
  const { PDFDocument } = await import(library);
  const empty = await PDFDocument.create();
  empty.addPage();
  writeFileSync('empty.pdf', await empty.save());
  for (const count of [2, 80]) {
    run('qpdf', 'empty.pdf', ...names.slice(0, count).flatMap((name) => ['--add-attachment', name, '--']), 'before.pdf');
    const pdf = await PDFDocument.load(readFileSync('before.pdf'));
    await pdf.attach(Buffer.from('paid'), 'z-receipt.txt', { mimeType: 'text/plain' });
    writeFileSync('after.pdf', await pdf.save());
    seen.push(told('after.pdf'));
    console.log(`guess: ${library}, ${count} and one: qpdf finds ${count + 1}, the new one: true; poppler finds ${count + 1}, the new one: true\nseen:  ${library}, ${count} and one: ${seen.at(-1)}`);
  }
}
const few = 'qpdf finds 3, the new one: true; poppler finds 3, the new one: true';
const [, many, , manyOfCantoo] = seen;
process.exit(seen[0] === few && seen[2] === few && many === 'qpdf finds 1, the new one: true; poppler finds 81, the new one: true' && manyOfCantoo === 'qpdf finds 80, the new one: false; poppler finds 80, the new one: false' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
