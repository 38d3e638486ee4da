#!/usr/bin/env bash
# Firefox (its version is printed; seen in 153.8.0esr; driven by playwright 1.64.1 over WebDriver BiDi)
#
# A page has two Files with the same bytes: one was picked from the disk, one comes from `getFile()` of the origin private file
# system. Both files are written to, and the page reads the Files that it has.
# One would guess: a File is a File: both are read as they were, or both are refused as changed (NotReadableError).
# What happens: the picked one gives the new bytes without a word, under its old size and date. The private one is refused, and as
# aborted (AbortError), not as changed. So what is tried out on a private file is not true of picked ones.
# Why it matters: a picked file that is saved while it is sent in parts is stored as a mix of both versions, and every checksum of
# what was sent is right. Who resumes, retries or sends in parts has to read the file again at the end, and compare.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  FIREFOX_EXECUTABLE=$(command -v firefox-esr)
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { firefox } from 'playwright-core';

const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><input type="file">'),
);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
writeFileSync('picked.txt', 'old');
await page.locator('input').setInputFiles('picked.txt');
await page.evaluate(async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('private.txt', { create: true });
  window.write = async (text) => {
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
  };
  await window.write('old');
  window.files = [document.querySelector('input').files[0], await handle.getFile()];
  window.read = () => Promise.all(window.files.map((file) => file.slice(0, 3).text().catch(({ name }) => name)));
});
const before = await page.evaluate(() => window.read());
writeFileSync('picked.txt', 'new');
await page.evaluate(() => window.write('new'));
const after = await page.evaluate(() => window.read());
console.log(`Firefox ${browser.version()}`);
console.log('guess: picked and private alike: "old", or NotReadableError');
console.log(`seen:  picked: "${before[0]}", then "${after[0]}"; private: "${before[1]}", then ${after[1]}`);
await browser.close();
process.exit([...before, ...after].join() === 'old,old,new,AbortError' ? 0 : 1);
JS
timeout 120 node --no-warnings run.mjs
