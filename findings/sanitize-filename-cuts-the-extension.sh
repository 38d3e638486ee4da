#!/usr/bin/env bash
# sanitize-filename 1.6.4, control: filenamify 6.0.0
#
# A server makes safe names of what people upload: `sanitize(file.name)`. Names are cut to 255 bytes, as disks want it. Somebody on Windows
# or a Mac, where a name may have 255 letters of any script, uploads a scanned letter with a long title in Russian, of 152 letters with its ".pdf".
# One would guess: a shorter name, that still ends with ".pdf".
# What happens: the end is cut off, and the extension with it. Cyrillic, Greek and Arabic letters are two bytes each and Chinese three, so 126 or
# 84 letters are enough. Two such files, that differ by their ends only ("… part 1.pdf", "… part 2.pdf"), get the same name.
# Why it matters: a file without an extension is served as application/octet-stream and opens nowhere; the second part overwrites the
# first. In English the same happens from 252 letters on only, so nobody sees it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts sanitize-filename@1.6.4 filenamify@6.0.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import filenamify from 'filenamify';
import sanitize from 'sanitize-filename';

const title = 'Заявление о предоставлении документов '.repeat(4).slice(0, 140).trim();
const names = [`${title} часть 1.pdf`, `${title} часть 2.pdf`];
console.log(`sanitize-filename 1.6.4: two names of ${names[0].length} letters, ${Buffer.byteLength(names[0])} bytes`);
console.log('guess: two names that end with .pdf');
const made = names.map((name) => sanitize(name));
for (const name of made) console.log(`seen:  …${name.slice(-20)} (${Buffer.byteLength(name)} bytes)`);
console.log(`seen:  the same name: ${made[0] === made[1]}; filenamify 6.0.0 keeps .pdf: ${filenamify(names[0]).endsWith('.pdf')}`);
process.exit(made[0] === made[1] && !made[0].includes('.pdf') && filenamify(names[0]).endsWith('.pdf') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
