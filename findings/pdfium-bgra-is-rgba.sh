#!/usr/bin/env bash
# @hyzyla/pdfium 2.1.13, with a PDF written by pdf-lib 1.17.1 and read back with sharp 0.35.5
#
# A worker makes a thumbnail of the first page of an uploaded PDF: PDFium draws the page, sharp writes the picture. PDFium itself
# draws blue, green, red, alpha; the library calls its default colour space "BGRA", too. sharp wants red first.
# One would guess: the bytes have to be swapped before sharp gets them, or red and blue change places.
# What happens: they are red first already, although they are called BGRA. Whoever swaps them, as the name asks for, shows
# blue logos where they are red; on grey pages, which most test files are, nobody sees it.
# Why it matters: a thumbnail in wrong colours is no error anywhere. Test with a page that is red.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund @hyzyla/pdfium@2.1.13 pdf-lib@1.17.1 sharp@0.35.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PDFDocument, rgb } from 'pdf-lib';
import sharp from 'sharp';

const pdf = await PDFDocument.create();
pdf.addPage([100, 100]).drawRectangle({ x: 0, y: 0, width: 100, height: 100, color: rgb(1, 0, 0) });
const library = await PDFiumLibrary.init();
const document = await library.loadDocument(await pdf.save());
const { data, width, height } = await document.getPage(0).render({ scale: 1, render: 'bitmap', colorSpace: 'BGRA' });
const middle = (50 * width + 50) * 4;
const first = [...data.subarray(middle, middle + 4)];
const png = await sharp(Buffer.from(data), { raw: { width, height, channels: 4 } }).png().toBuffer();
const shown = [...(await sharp(png).extract({ left: 50, top: 50, width: 1, height: 1 }).removeAlpha().raw().toBuffer())];
console.log('@hyzyla/pdfium 2.1.13: a red page, drawn with colorSpace "BGRA"');
console.log('guess: each pixel is 0, 0, 255, 255; without swapping, sharp shows it blue');
console.log(`seen:  each pixel is ${first.join(', ')}; without swapping, sharp shows ${shown.join(', ')}`);
document.destroy();
library.destroy();
process.exit(first.join() === '255,0,0,255' && shown.join() === '255,0,0' ? 0 : 1);
EOF
timeout 60 node run.mjs
