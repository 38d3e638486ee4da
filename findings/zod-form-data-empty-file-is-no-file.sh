#!/usr/bin/env bash
# zod-form-data 3.0.3 with zod 4.6.7
#
# A server checks a form of several files: `zfd.formData({ files: zfd.repeatable(z.array(zfd.file())) })`. A folder was picked, and one of its
# files is empty (.gitkeep, __init__.py, a new log).
# One would guess: three files, one with 0 bytes. A field where nothing was picked is told from it by its name, which is empty.
# What happens: each file of 0 bytes counts as "nothing was picked", whatever its name. The whole form is refused, with "expected File, received
# undefined"; where files are optional there is a hole in the list, and a single empty file is not there at all.
# Why it matters: one empty file in a folder of hundreds makes an upload fail that cannot be made to succeed, and its message speaks of a file that the
# person has picked. Let the schema take `z.instanceof(File)` itself, and look at the name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts zod-form-data@3.0.3 zod@4.6.7 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { z } from 'zod';
import { zfd } from 'zod-form-data';

const form = new FormData();
for (const [name, text] of [['a.txt', 'a'], ['.gitkeep', ''], ['c.txt', 'c']]) form.append('files', new File([text], name));
const schemas = {
  'zfd.file()': zfd.repeatable(z.array(zfd.file())),
  'zfd.file(optional)': zfd.repeatable(z.array(zfd.file(z.instanceof(File).optional()))),
  'z.instanceof(File)': zfd.repeatable(z.array(z.instanceof(File))),
};
console.log('zod-form-data 3.0.3, zod 4.6.7: a.txt, .gitkeep (empty) and c.txt');
const seen = [];
for (const [name, files] of Object.entries(schemas)) {
  const result = zfd.formData({ files }).safeParse(form);
  seen.push(result.success ? result.data.files.map((file) => file?.name ?? 'undefined').join(' ') : result.error.issues.map((issue) => issue.message).join());
  console.log(`guess: a.txt .gitkeep c.txt\nseen:  ${seen.at(-1)} (${name})`);
}
process.exit(/received undefined/.test(seen[0]) && seen[1] === 'a.txt undefined c.txt' && seen[2] === 'a.txt .gitkeep c.txt' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
