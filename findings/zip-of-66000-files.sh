#!/usr/bin/env bash
# fflate 0.8.3, jszip 3.10.2 and client-zip 2.5.1 write; yauzl 3.4.0, fflate 0.8.3 and jszip 3.10.2 read; control: archiver 8.0.0
#
# A page zips a folder of 66,000 small files before it uploads it. The archive is 6 MB, far from 4 GB.
# One would guess: 66,000 files come out, or the writer says that it cannot.
# What happens: above 65,535 entries a zip needs the ZIP64 record, for the count alone. fflate and JSZip never write one: the count
# is cut to its lower 16 bits, and readers that believe it find 464 files. client-zip writes one only for large sizes: the count says
# 65,535, so those readers find 465 too few, and JSZip and Info-ZIP refuse the archive. Nobody reports an error while writing.
# archiver does it right.
# Why it matters: an archive that looks whole gives back less than a hundredth of its files. Data sets, tiles, caches and
# node_modules have that many. Split such archives, or count the entries before you zip.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts fflate@0.8.3 jszip@3.10.2 client-zip@2.5.1 yauzl@3.4.0 archiver@8.0.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { ZipArchive } from 'archiver';
import { downloadZip } from 'client-zip';
import { unzipSync, zipSync } from 'fflate';
import JSZip from 'jszip';
import yauzl from 'yauzl';

const names = Array.from({ length: 66_000 }, (_, i) => `folder/${i}.txt`);
const x = new TextEncoder().encode('x');
const writers = {
  fflate: async () => zipSync(Object.fromEntries(names.map((name) => [name, x])), { level: 0 }),
  jszip: () => {
    const zip = new JSZip();
    for (const name of names) zip.file(name, x, { createFolders: false });
    return zip.generateAsync({ type: 'nodebuffer', compression: 'STORE' });
  },
  'client-zip': async () => new Uint8Array(await downloadZip(names.map((name) => ({ name, input: 'x' }))).arrayBuffer()),
  archiver: async () => {
    const archive = new ZipArchive({ store: true });
    for (const name of names) archive.append('x', { name });
    archive.finalize();
    return Buffer.concat(await archive.toArray());
  },
};
const readers = {
  yauzl: (bytes) => new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), (error, zip) => {
      if (error) return reject(error);
      let count = 0;
      zip.on('entry', () => { count += 1; });
      zip.on('error', reject);
      zip.on('end', () => resolve(count));
    });
  }),
  fflate: async (bytes) => Object.keys(unzipSync(bytes)).length,
  jszip: async (bytes) => Object.keys((await JSZip.loadAsync(bytes)).files).filter((name) => !name.endsWith('/')).length,
};
console.log('66,000 files of one byte: how many a reader finds');
console.log('guess: 66000 in each place');
const seen = [];
for (const [writer, write] of Object.entries(writers)) {
  const bytes = await write();
  const found = [];
  for (const read of Object.values(readers)) found.push(await read(bytes).catch(() => 'refused'));
  seen.push(`${writer} ${found.join(' ')}`);
  console.log(`seen:  written by ${writer}:`.padEnd(32), Object.keys(readers).map((reader, i) => `${reader} ${found[i]}`).join(', '));
}
process.exit(seen.join() === 'fflate 464 464 66000,jszip 464 464 66000,client-zip 65535 65535 refused,archiver 66000 66000 66000' ? 0 : 1);
EOF
timeout 200 node --no-warnings run.mjs
