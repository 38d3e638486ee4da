#!/usr/bin/env bash
# hash.js 1.1.7, control: Node's crypto
#
# A page or a server makes the SHA-256 of an upload part by part, so that the size does not matter: `hash.update(part)` for each,
# then `hash.digest('hex')`.
# One would guess: the right checksum for files of each size; SHA-256 is defined up to 2^61 bytes.
# What happens: the number of bits is written at the end of what is hashed, in 64 bits. hash.js fills the lower 32 only. From 512 MiB
# on the result is wrong, always the same, and without an error. One byte less and it is right.
# Why it matters: short files, and so all tests, are fine. Each film is refused by a store that checks the sum, or is stored beside a
# checksum that no other tool agrees with.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts hash.js@1.1.7 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createHash } from 'node:crypto';
import hash from 'hash.js';

const part = new Uint8Array(1024 * 1024).fill(7);
const ours = hash.sha256();
const real = createHash('sha256');
for (let i = 0; i < 511; i++) for (const one of [ours, real]) one.update(part);
for (const one of [ours, real]) one.update(part.subarray(1));
// The state so far, 512 MiB less one byte, is kept: digest() ends a hash.
const copy = Object.assign(hash.sha256(), structuredClone({ pending: ours.pending, pendingTotal: ours.pendingTotal, h: ours.h }));
const seen = [];
const tell = (size, a, b) => {
  seen.push(a.digest('hex') === b.digest('hex') ? 'right' : 'wrong');
  console.log(`guess: right\nseen:  ${seen.at(-1)}, of ${size}`);
};
console.log('hash.js 1.1.7: SHA-256 against that of node:crypto');
tell('512 MiB less one byte', copy, real.copy());
ours.update(part.subarray(0, 1));
tell('512 MiB', ours, real.update(part.subarray(0, 1)));
process.exit(seen.join() === 'right,wrong' ? 0 : 1);
EOF
timeout 300 nice -n 5 node --no-warnings run.mjs
