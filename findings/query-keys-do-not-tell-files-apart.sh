#!/usr/bin/env bash
# @tanstack/query-core 5.108.4
#
# A page shows a preview, or a hash, of the file that was picked, and keeps it in TanStack Query: `useQuery({ queryKey: ['preview', file],
# queryFn: () => makePreview(file) })`. Somebody picks another file.
# One would guess: another File is another key, so the second file gets its own preview; or an error, since a File is no JSON.
# What happens: keys are compared by their JSON, and the JSON of every File is `{}`. All files are one key: the second one is shown the
# first one's preview, from the cache, and `queryFn` is not called.
# Why it matters: the wrong picture, the wrong text or the wrong checksum stands beside a file, and an upload that sends this hash fails at
# the store, or stores a lie. Put what tells files apart into the key: name, size, lastModified, or an id of your own.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tanstack/query-core@5.108.4 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createHash } from 'node:crypto';
import { QueryClient } from '@tanstack/query-core';

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
let calls = 0;
const hash = (file) =>
  client.fetchQuery({
    queryKey: ['sha256', file],
    queryFn: async () => {
      calls += 1;
      return createHash('sha256').update(Buffer.from(await file.arrayBuffer())).digest('hex').slice(0, 12);
    },
  });
const one = await hash(new File(['the first file'], 'first.txt', { type: 'text/plain' }));
const two = await hash(new File(['quite another one'], 'second.bin', { type: 'application/octet-stream' }));
console.log('@tanstack/query-core 5.108.4: the SHA-256 of two files, with the file in the key');
console.log('guess: two hashes, 2 calls');
console.log(`seen:  ${one} and ${two}, ${calls} call(s)`);
client.clear();
process.exit(one === two && calls === 1 ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
