#!/usr/bin/env bash
# bsdtar of libarchive 3.6.2 (Debian 12: libarchive-tools 3.6.2-1+deb12u5), read by yauzl 3.4.0, unzipper 0.12.5, jszip 3.10.2 and
# fflate 0.8.3
#
# A folder is zipped into a pipe and uploaded from there, without a file in between: `bsdtar --format zip -cf - folder | …`.
# One would guess: the bytes that `-cf folder.zip` writes, as with Info-ZIP's `zip -r - folder`.
# What happens: into a pipe, bsdtar fills the last block up to 10,240 bytes with zeros, as tapes wanted it of tar. A zip ends with
# its directory, and readers that want it there refuse the archive: yauzl speaks of an invalid comment, unzipper of an end of the
# file. Others take it.
# Why it matters: whether an upload can be unpacked depends on which library the server uses, and the same command into a file makes
# an archive that all of them read. `-b 1` leaves up to 511 zeros, which are refused as well; a file in between makes it right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v bsdtar >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libarchive-tools; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts yauzl@3.4.0 unzipper@0.12.5 jszip@3.10.2 fflate@0.8.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir folder
for name in a b c; do echo "this is $name" >folder/$name.txt; done
bsdtar --format zip -cf named.zip folder
bsdtar --format zip -cf - folder | cat >piped.zip
bsdtar --format zip -b 1 -cf - folder | cat >piped-b1.zip
bsdtar --version
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import JSZip from 'jszip';
import unzipper from 'unzipper';
import yauzl from 'yauzl';

const files = (names) => names.filter((name) => !name.endsWith('/')).length;
const readers = {
  yauzl: (bytes) => new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, (error, zip) => {
      if (error) return reject(error);
      const names = [];
      zip.on('entry', (entry) => names.push(entry.fileName));
      zip.on('error', reject);
      zip.on('end', () => resolve(files(names)));
    });
  }),
  unzipper: async (bytes) => files((await unzipper.Open.buffer(bytes)).files.map((file) => file.path)),
  jszip: async (bytes) => files(Object.keys((await JSZip.loadAsync(bytes)).files)),
  fflate: async (bytes) => files(Object.keys(unzipSync(bytes))),
};
const seen = {};
for (const name of ['named', 'piped', 'piped-b1']) {
  const bytes = readFileSync(`${name}.zip`);
  const found = [];
  for (const read of Object.values(readers)) found.push(await read(bytes).catch((error) => `refused (${error.message})`));
  seen[name] = found.map((one) => String(one).split(' ')[0]).join(' ');
  console.log(`guess: 3 files by each reader\nseen:  ${Object.keys(readers).map((reader, i) => `${reader} ${found[i]}`).join(', ')} (${name}.zip, ${bytes.length} bytes)`);
}
process.exit(seen.named === '3 3 3 3' && seen.piped === 'refused refused 3 3' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
