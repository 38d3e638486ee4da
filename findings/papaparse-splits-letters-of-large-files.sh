#!/usr/bin/env bash
# papaparse 5.7.1, in Chromium (its version is printed; playwright-core 1.64.1)
#
# A page checks a CSV before it uploads it, row by row so that it stays responsive: `Papa.parse(file, { step })`. The table has 11 MB
# of names in Russian.
# One would guess: the rows that are in the file, as with a small one.
# What happens: files are read in pieces of 10 MiB, and each piece is made into text by itself. A letter of two bytes that lies
# across a border becomes two replacement characters: one name in the file is wrong, and no error is reported. Without `step` all is
# well.
# Why it matters: what was checked, or what is stored from these rows, is not what is in the file. In English, or in tables under 10
# MiB, it never happens. Take the text from `file.stream()` through a TextDecoderStream instead.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts papaparse@5.7.1 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ path: 'node_modules/papaparse/papaparse.min.js' });
const seen = await page.evaluate(async () => {
  // Rows of 38 bytes: the border at 10,485,760 lies in the middle of a letter.
  const row = '12345,Александра Иванова\n';
  const size = new Blob([row]).size;
  const pad = 'x'.repeat((10_485_760 - 7 - ',name\n'.length) % size);
  const file = new File([`${pad},name\n`, row.repeat(Math.ceil(11_000_000 / size))], 'names.csv');
  const told = {};
  for (const how of ['step', 'no step']) {
    const rows = [];
    await new Promise((resolve) => {
      const all = (result) => { for (const one of result.data) rows.push(one); };
      window.Papa.parse(file, { skipEmptyLines: true, delimiter: ',', ...(how === 'step' ? { step: ({ data }) => rows.push(data), complete: resolve } : { complete: (result) => { all(result); resolve(); } }) });
    });
    const wrong = rows.filter((one, i) => i > 0 && one[1] !== 'Александра Иванова');
    told[how] = { rows: rows.length, wrong: wrong.map((one) => one[1]) };
  }
  return { size: file.size, told, chunk: window.Papa.LocalChunkSize };
});
console.log(`papaparse 5.7.1, Chromium ${browser.version()}: a file of ${seen.size} bytes, pieces of ${seen.chunk}`);
for (const [how, { rows, wrong }] of Object.entries(seen.told)) console.log(`guess: no name is wrong\nseen:  ${wrong.length} of ${rows} names wrong: ${wrong.slice(0, 3).join()} (${how})`);
await browser.close();
const broken = seen.told.step.wrong;
process.exit(seen.told['no step'].wrong.length === 0 && broken.length === 1 && broken[0].includes('\uFFFD\uFFFD') ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
