#!/usr/bin/env bash
# unstorage 1.17.6 (drivers: memory, fs)
#
# A server keeps uploads in unstorage, by their names: `storage.setItemRaw(name, bytes)`. Somebody uploads "What next?.pdf" and "What
# next?.png".
# One would guess: two items, or an error for a name that the driver cannot hold.
# What happens: whatever stands behind a `?` is cut off from each key, as from a URL, on every driver, also in memory. Both files are
# the item "What next", without an extension; the second replaces the first, and reading either name gives the second's bytes.
# Why it matters: a file is lost without a word, and the other has lost its type. `?` is usual in titles and in names made on a Mac
# or Linux. Encode names before they become keys.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts unstorage@1.17.6 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';

console.log('unstorage 1.17.6: "What next?.pdf" and "What next?.png" are stored');
console.log('guess: two items, each with its own bytes, or an error');
const seen = [];
for (const [name, driver] of [['memory', undefined], ['fs', fsDriver({ base: './data' })]]) {
  const storage = createStorage({ driver });
  await storage.setItemRaw('What next?.pdf', Buffer.from('the document'));
  await storage.setItemRaw('What next?.png', Buffer.from('the picture'));
  const line = `${name}: keys ${JSON.stringify(await storage.getKeys())}, the .pdf reads "${await storage.getItemRaw('What next?.pdf')}"`;
  seen.push(line);
  console.log(`seen:  ${line}`);
}
process.exit(seen.every((line) => line.endsWith('keys ["What next"], the .pdf reads "the picture"')) ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
