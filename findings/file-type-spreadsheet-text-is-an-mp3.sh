#!/usr/bin/env bash
# file-type 21.3.4 and music-metadata 11.16.1, with a text that SheetJS (xlsx 0.18.5) wrote
#
# "Unicode text" is what spreadsheets offer beside CSV: a table with tabs, in UTF-16, in a file named `.txt`. A server asks file-type
# what was uploaded, to choose what is done with it.
# One would guess: nothing is found, as in other texts, and the name has the last word.
# What happens: it is `audio/mpeg`. The mark of UTF-16, FF FE, has the eleven bits in it that begin a frame of an MP3, of MPEG
# layer I, which nobody uses. music-metadata, which asks file-type, takes it for a sound as well, and fails on none of it.
# Why it matters: a table is refused as music, or gets a player in place of a preview. Look for the mark of UTF-16 first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts file-type@21.3.4 music-metadata@11.16.1 xlsx@0.18.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import { fileTypeFromFile } from 'file-type';
import { parseFile } from 'music-metadata';
import * as XLSX from 'xlsx';

const sheet = XLSX.utils.aoa_to_sheet([['name', 'age'], ['Ann', 41], ['Bob', 37]]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, 'people');
writeFileSync('people.txt', XLSX.write(book, { bookType: 'txt', type: 'buffer' }));
const found = await fileTypeFromFile('people.txt');
const heard = await parseFile('people.txt').then(({ format }) => `music-metadata reads it without an error, as ${format.container ?? 'a sound without a container'}`, (error) => `music-metadata: ${error.message}`);
console.log('file-type 21.3.4, music-metadata 11.16.1: a table that SheetJS wrote as Unicode text');
console.log('guess: file-type finds nothing, music-metadata says that it is no sound');
console.log(`seen:  file-type finds ${found?.mime}; ${heard}`);
process.exit(found?.mime === 'audio/mpeg' && heard.includes('without an error') ? 0 : 1);
EOF
timeout 60 node run.mjs
