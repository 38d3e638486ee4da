#!/usr/bin/env bash
# nanotar 0.3.0, and Debian's tar (its version is printed) as the reader
#
# A page packs a dropped folder with `createTar` before it uploads it. Two pictures of it have long paths, that differ at their ends
# only.
# One would guess: both paths are in the archive, as tar has had long names for decades, and `parseTar` reads them; or an error.
# What happens: a name is cut at 100 bytes, without a word. Both pictures have one name without an extension, and whoever unpacks the
# archive gets one file: the second over the first. In Cyrillic 50 letters are enough, in Chinese 33, and the cut may go through a
# letter.
# Why it matters: files are lost in an archive that lists them all. Deep folders (node_modules, albums of albums) have such paths.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts nanotar@0.3.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createTar, parseTar } from 'nanotar';

const folder = `Holiday in the mountains/${'Second week, '.repeat(5)}`;
const names = [`${folder}view from the hut.jpg`, `${folder}view from the hut.png`];
const bytes = createTar(names.map((name) => ({ name, data: `this is ${name.slice(-3)}` })));
writeFileSync('ours.tar', bytes);
mkdirSync('out');
execFileSync('tar', ['xf', 'ours.tar', '-C', 'out']);
const files = readdirSync('out', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
// Control: the names are no trouble for tar, nor for nanotar when it reads.
mkdirSync('in');
for (const name of names) {
  mkdirSync(`in/${folder.slice(0, folder.lastIndexOf('/'))}`, { recursive: true });
  writeFileSync(`in/${name}`, 'x');
}
execFileSync('tar', ['cf', 'theirs.tar', '-C', 'in', 'Holiday in the mountains']);
const read = parseTar(readFileSync('theirs.tar')).filter((file) => file.type === 'file').map((file) => file.name);
console.log(`nanotar 0.3.0, ${execFileSync('tar', ['--version']).toString().split('\n')[0]}: two names of ${names[0].length} bytes`);
console.log('guess: two files come out, or an error');
console.log(`seen:  ${files.length} file comes out, named "…${files[0].name.slice(-24)}", holding "${readFileSync(`${files[0].parentPath ?? files[0].path}/${files[0].name}`)}"`);
console.log(`seen:  of an archive that tar wrote, nanotar reads ${names.every((name) => read.includes(name)) ? 'both names whole' : read}`);
process.exit(files.length === 1 && !/\.(jpg|png)$/.test(files[0].name) && names.every((name) => read.includes(name)) ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
