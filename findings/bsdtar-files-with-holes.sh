#!/usr/bin/env bash
# bsdtar of libarchive 3.6.2 (Debian 12: libarchive-tools 3.6.2-1+deb12u5; macOS's own tar is a bsdtar, too), read by tar 7.5.23,
# tar-stream 3.2.2, modern-tar 0.8.6 and decompress 4.2.1; control: GNU tar (its version is printed)
#
# Somebody packs a folder with `bsdtar -cf folder.tar folder`, without any other option. In it is a file with holes, which take no room
# on the disk: the picture of a virtual machine, a database, a download that was begun. A server unpacks the upload.
# One would guess: the file comes out as it was, as it does where GNU tar unpacks it; or an error.
# What happens: bsdtar sees the holes by itself and leaves them out. What it writes instead is another name ("GNUSparseFile.0/disk.img"),
# a table of the pieces as text, and the pieces; name, size and holes are in a note in front (GNU.sparse.*). All four libraries give
# the other name, and the table and the pieces as if they were the file. No error and no warning. GNU tar's form of before is read
# wrongly as well, where somebody asks for it (`tar --sparse`): tar leaves the file out, the others give the pieces without the holes.
# Why it matters: 4 MiB become 9 kB of something else under another name, only for files with holes, and on file systems that
# have them (most). `bsdtar --no-read-sparse` writes such files whole; a server can look for "GNUSparseFile" in the names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v bsdtar >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends libarchive-tools; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts tar@7.5.23 tar-stream@3.2.2 modern-tar@0.8.6 decompress@4.2.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir folder
node -e "
const disk = require('node:fs').openSync('folder/disk.img', 'w');
for (const [text, at] of [['begin', 0], ['middle', 2 << 20], ['end', (4 << 20) - 3]]) require('node:fs').writeSync(disk, text, at);"
[ "$(du -k folder/disk.img | cut -f1)" -lt 1000 ] || { echo "the file system of $dir keeps no holes"; exit 2; }
bsdtar -cf bsd.tar folder
bsdtar --no-read-sparse -cf whole.tar folder
tar --sparse -cf gnu.tar folder
bsdtar --version
tar --version | head -n 1
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import decompress from 'decompress';
import { unpackTar } from 'modern-tar';
import * as tar from 'tar';
import { extract } from 'tar-stream';

const disk = readFileSync('folder/disk.img');
let folders = 0;
const pieces = async (stream) => {
  const all = [];
  for await (const piece of stream) all.push(piece);
  return all;
};
const unpacked = async (unpack) => {
  const cwd = `out-${++folders}`;
  mkdirSync(cwd);
  await unpack(cwd);
  return readdirSync(cwd, { recursive: true }).filter((name) => statSync(`${cwd}/${name}`).isFile()).map((name) => [name, readFileSync(`${cwd}/${name}`)]);
};
const readers = {
  'tar of GNU': (file) => unpacked((cwd) => execFileSync('tar', ['xf', file, '-C', cwd])),
  tar: (file) => unpacked((cwd) => tar.x({ file, cwd, onwarn: (code) => console.log(code) })),
  'tar-stream': async (file) => {
    const found = [];
    const stream = extract();
    stream.end(readFileSync(file));
    for await (const entry of stream) found.push([entry.header.name, Buffer.concat(await pieces(entry))]);
    return found.filter(([name]) => !name.endsWith('/'));
  },
  'modern-tar': async (file) => (await unpackTar(readFileSync(file))).filter(({ header }) => header.type === 'file').map(({ header, data }) => [header.name, Buffer.from(data)]),
  decompress: async (file) => (await decompress(file)).filter(({ type }) => type !== 'directory').map(({ path, data }) => [path, data]),
};
const right = {};
for (const archive of ['bsd', 'gnu', 'whole']) {
  for (const [reader, read] of Object.entries(readers)) {
    const found = await read(`${archive}.tar`);
    right[`${archive} ${reader}`] = found.length === 1 && found[0][0] === 'folder/disk.img' && found[0][1].equals(disk);
    const told = right[`${archive} ${reader}`] ? 'the file as it was' : found.map(([name, bytes]) => `${name}, ${bytes.length} bytes, beginning with ${JSON.stringify(bytes.subarray(0, 10).toString())}`).join() || 'no file';
    console.log(`guess: ${archive}.tar, ${reader}: the file as it was\nseen:  ${archive}.tar, ${reader}: ${told}`);
  }
}
process.exit(Object.entries(right).every(([which, is]) => is === (which.startsWith('whole') || which.endsWith('GNU'))) ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
