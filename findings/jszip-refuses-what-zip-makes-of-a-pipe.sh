#!/usr/bin/env bash
# jszip 3.10.2, with archives of Info-ZIP 3.0 (Debian 12: zip 3.0-13+deb12u1); controls: fflate 0.8.3, yauzl 3.4.0,
# adm-zip 0.6.1 and unzipper 0.12.5
#
# A nightly job packs a dump and uploads it: `pg_dump … | zip dump.zip -`. Somebody opens the 45 kB in a page, by JSZip.
# One would guess: one file, as from `zip dump.zip dump.sql`.
# What happens: "Corrupted zip or bug: expected 1 records in central dir, got 0". From a pipe, Info-ZIP cannot know the size, and writes
# the records of ZIP64 at the end in any case. They are valid, and nothing in the old record points to them, since nothing is too
# large for it. JSZip looks at them only if it must; otherwise their 76 bytes count as something that was put in front of the archive,
# and it looks for the directory 76 bytes too late.
# Why it matters: each reader that we tried takes the archive, but not the one that most pages have. The same dump as a file is read.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v zip >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends zip; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts jszip@3.10.2 fflate@0.8.3 yauzl@3.4.0 adm-zip@0.6.1 unzipper@0.12.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
seq 1 20000 >dump.sql
zip -q named.zip dump.sql
zip -q piped.zip - <dump.sql
zip -h | sed -n 2p
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import AdmZip from 'adm-zip';
import { unzipSync } from 'fflate';
import JSZip from 'jszip';
import unzipper from 'unzipper';
import yauzl from 'yauzl';

const dump = readFileSync('dump.sql');
const readers = {
  jszip: async (bytes) => Object.values((await JSZip.loadAsync(bytes)).files)[0].async('nodebuffer'),
  fflate: async (bytes) => Buffer.from(Object.values(unzipSync(bytes))[0]),
  'adm-zip': async (bytes) => new AdmZip(bytes).getEntries()[0].getData(),
  unzipper: async (bytes) => (await unzipper.Open.buffer(bytes)).files[0].buffer(),
  yauzl: (bytes) => new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, (error, zip) => {
      if (error) return reject(error);
      zip.once('entry', (entry) => zip.openReadStream(entry, async (failure, stream) => (failure ? reject(failure) : resolve(Buffer.concat(await stream.toArray())))));
    });
  }),
};
console.log('jszip 3.10.2, fflate 0.8.3, adm-zip 0.6.1, unzipper 0.12.5, yauzl 3.4.0');
const read = [];
for (const name of ['named.zip', 'piped.zip']) {
  for (const [reader, by] of Object.entries(readers)) {
    const seen = await by(readFileSync(name)).then((bytes) => (bytes.equals(dump) ? 'the dump' : 'other bytes'), ({ message }) => message);
    if (seen === 'the dump') read.push(`${name} ${reader}`);
    console.log(`guess: ${name}, ${reader}: the dump\nseen:  ${name}, ${reader}: ${seen}`);
  }
}
process.exit(read.length === 9 && !read.includes('piped.zip jszip') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
