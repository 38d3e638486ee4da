#!/usr/bin/env bash
# unstorage 1.17.6 (drivers: memory, fs)
#
# A server keeps which upload a file belongs to: `storage.setItem('avatar', id)`, where ids are eight hex digits, such as "31e90417".
# One would guess: a string that was set is the string that one gets.
# What happens: `getItem` turns each stored string that looks like a number into one. "31e90417" is 31 with 90,417 zeros: Infinity.
# "1e5" comes back as 100000, "9007199254740993" as ...992, while "0042" stays as it is. Of random ids with eight hex digits nearly
# four in a hundred come back changed.
# Why it matters: an upload's id, a hash or a short ETag leads to nothing, for a few files in a hundred, in production only. Put a
# letter before such values (`id-31e90417`), or keep them inside an object.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts unstorage@1.17.6 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { randomBytes } from 'node:crypto';
import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';

const ids = ['31e90417', '1e5', '40219637', '9007199254740993', '0042', 'a1b2c3d4'];
console.log('unstorage 1.17.6: strings that were set, and what getItem gives');
console.log(`guess: ${ids.map((id) => JSON.stringify(id)).join(' ')}`);
const show = (value) => (typeof value === 'string' ? JSON.stringify(value) : String(value));
const seen = [];
for (const [name, driver] of [['memory', undefined], ['fs', fsDriver({ base: './data' })]]) {
  const storage = createStorage({ driver });
  const got = [];
  for (const id of ids) {
    await storage.setItem('id', id);
    got.push(show(await storage.getItem('id')));
  }
  seen.push(got.join(' '));
  console.log(`seen:  ${got.join(' ')} (${name})`);
}
const storage = createStorage();
let changed = 0;
for (let i = 0; i < 5000; i++) {
  const id = randomBytes(4).toString('hex');
  await storage.setItem('id', id);
  if ((await storage.getItem('id')) !== id) changed += 1;
}
console.log(`seen:  ${changed} of 5000 random ids of eight hex digits came back changed`);
process.exit(seen.every((line) => line === 'Infinity 100000 40219637 9007199254740992 "0042" "a1b2c3d4"') && changed > 50 && changed < 500 ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
