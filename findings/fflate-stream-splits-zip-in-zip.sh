#!/usr/bin/env bash
# fflate 0.8.3 (its streaming Unzip) with archives of client-zip 2.5.1 and jszip 3.10.2
#
# A page zips what the person picked with client-zip, which stores entries as they are and writes their size behind them (a data
# descriptor). Among the files is a zip or docx. The receiver unpacks while it reads, with fflate's `Unzip`.
# One would guess: three files in, three files out; or an error if that form cannot be read in one pass.
# What happens: where no size stands in front, fflate ends the entry at the next thing that looks like a header, and finds the
# headers inside the inner zip. The inner zip comes out cut after a few bytes, its own entries appear as if they were the
# outer archive's, and there is no error. `unzipSync` and JSZip, which read the directory at the end, give the right bytes.
# Why it matters: office files, jars, epubs and backups in an archive arrive broken, silently. Unpack stored entries with data
# descriptors only with a reader that has the end of the archive.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts fflate@0.8.3 client-zip@2.5.1 jszip@3.10.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { downloadZip } from 'client-zip';
import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import JSZip from 'jszip';

const bytesOf = async (response) => new Uint8Array(await response.arrayBuffer());
const inner = await bytesOf(downloadZip([{ name: 'inner.txt', input: 'hello' }]));
const files = [{ name: 'first.txt', input: 'first' }, { name: 'backup.zip', input: inner }, { name: 'last.txt', input: 'last' }];
const sizes = (entries) => entries.map(([name, size]) => `${name} ${size}`).join(', ');

function streamed(archive) {
  const found = [];
  const unzip = new Unzip((file) => {
    const entry = [file.name, 0];
    found.push(entry);
    file.ondata = (error, data) => {
      if (error) throw error;
      entry[1] += data.length;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < archive.length; at += 64) unzip.push(archive.subarray(at, at + 64), at + 64 >= archive.length);
  return sizes(found);
}
const jszip = new JSZip();
for (const { name, input } of files) jszip.file(name, input);
const archives = {
  'client-zip': await bytesOf(downloadZip(files)),
  'jszip, streamFiles, STORE': await jszip.generateAsync({ type: 'uint8array', streamFiles: true, compression: 'STORE' }),
};
const guess = sizes([['first.txt', 5], ['backup.zip', inner.length], ['last.txt', 4]]);
console.log('fflate 0.8.3: entries and their bytes');
console.log('guess:'.padEnd(47), guess);
let same = true;
for (const [writer, archive] of Object.entries(archives)) {
  const whole = sizes(Object.entries(unzipSync(archive)).map(([name, data]) => [name, data.length]));
  const seen = streamed(archive);
  console.log(`seen: ${writer}, unzipSync`.padEnd(47), whole);
  console.log(`seen: ${writer}, Unzip`.padEnd(47), seen);
  same &&= whole === guess && seen !== guess && seen.includes('inner.txt 5') && !seen.includes(`backup.zip ${inner.length}`);
}
process.exit(same ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
