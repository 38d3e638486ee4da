#!/usr/bin/env bash
# localforage 1.10.0 (its localStorage driver, in jsdom 29.1.1)
#
# A page keeps the part of a file that is not sent yet: `localforage.setItem('rest', bytes.subarray(2, 5))`. localForage falls back
# to localStorage where IndexedDB cannot be opened, and promises the same results.
# One would guess: the three bytes, as with IndexedDB.
# What happens: the whole buffer behind the view is stored, and comes back as an array of its full length: ten bytes for three, or 64
# MiB for a part of 5 MiB, if they fit at all.
# Why it matters: what is resumed from there begins at the wrong byte and has the wrong size, in those browsers only. Store a copy:
# `bytes.slice(2, 5)`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts localforage@1.10.0 jsdom@29.1.1 fake-indexeddb@6.2.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import 'fake-indexeddb/auto';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('', { url: 'http://localhost/' });
Object.assign(globalThis, { window, self: window, localStorage: window.localStorage, FileReader: window.FileReader });
window.indexedDB = globalThis.indexedDB;
const { default: localforage } = await import('localforage');
console.log('localforage 1.10.0: bytes 2 to 4 of ten are stored');
console.log('guess: 2,3,4 by either driver');
const seen = [];
for (const driver of ['INDEXEDDB', 'LOCALSTORAGE']) {
  const store = localforage.createInstance({ name: driver, driver: localforage[driver] });
  await store.ready();
  const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);
  for (const part of [bytes.subarray(2, 5), bytes.slice(2, 5)]) {
    await store.setItem('rest', part);
    seen.push(Array.from(await store.getItem('rest')).join());
    console.log(`seen:  ${seen.at(-1)} by ${store.driver()}, of ${part.buffer === bytes.buffer ? 'subarray' : 'slice'}`);
  }
}
process.exit(seen.join(' ') === '2,3,4 2,3,4 0,1,2,3,4,5,6,7,8,9 2,3,4' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
