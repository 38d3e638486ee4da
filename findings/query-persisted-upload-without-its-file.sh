#!/usr/bin/env bash
# @tanstack/query-core 5.104.4 with @tanstack/query-persist-client-core 5.104.4 and @tanstack/query-sync-storage-persister 5.104.4
#
# An app lets people upload while they are offline: the mutation is paused, persisted as the guide on offline mutations shows
# (`persistQueryClient`, `setMutationDefaults`, `resumePausedMutations`), and goes on after the page was opened again.
# One would guess: the file is kept, or the mutation is not persisted, or it fails when it goes on.
# What happens: the persister writes JSON, and a File in JSON is `{}`. After the restart the mutation runs with `{ file: {} }`.
# FormData turns that into the text "[object Object]", the server answers 200, and the mutation is a success.
# Why it matters: the person picked a file on the train and reads "uploaded" at home; 15 letters arrived. Leave mutations that carry
# files out with `shouldDehydrateMutation`, and keep files in IndexedDB.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tanstack/query-core@5.104.4 @tanstack/query-persist-client-core@5.104.4 \
  @tanstack/query-sync-storage-persister@5.104.4 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >page.mjs <<'EOF'
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { MutationObserver, onlineManager, QueryClient } from '@tanstack/query-core';
import { persistQueryClientRestore, persistQueryClientSave } from '@tanstack/query-persist-client-core';
import { createSyncStoragePersister } from '@tanstack/query-sync-storage-persister';

// Each run of this file is one life of the page; the storage outlives it, as localStorage does.
globalThis.window = globalThis;
const storage = {
  getItem: () => (existsSync('storage') ? readFileSync('storage', 'utf8') : null),
  setItem: (_key, value) => writeFileSync('storage', value),
  removeItem: () => {},
};
const persister = createSyncStoragePersister({ storage, throttleTime: 0 });
const [life, address] = process.argv.slice(2);
const queryClient = new QueryClient();
queryClient.setMutationDefaults(['upload'], {
  mutationFn: async ({ file }) => {
    const form = new FormData();
    form.append('file', file);
    const response = await fetch(address, { method: 'POST', body: form });
    if (!response.ok) throw new Error(`status ${response.status}`);
  },
});
onlineManager.setOnline(life !== 'offline');
queryClient.mount();
if (life === 'offline') {
  new MutationObserver(queryClient, { mutationKey: ['upload'] }).mutate({ file: new File(['hello'], 'a.txt', { type: 'text/plain' }) });
  await persistQueryClientSave({ queryClient, persister });
  while (!existsSync('storage')) await new Promise((resolve) => setTimeout(resolve, 10));
} else {
  await persistQueryClientRestore({ queryClient, persister });
  await queryClient.resumePausedMutations();
  console.log(queryClient.getMutationCache().getAll()[0]?.state.status);
}
process.exit(0);
EOF
cat >run.mjs <<'EOF'
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';

const bodies = [];
const server = createServer(async (request, response) => {
  bodies.push(Buffer.concat(await request.toArray()).toString());
  response.end('ok');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const live = async (life) => (await promisify(execFile)(process.execPath, ['--no-warnings', 'page.mjs', life, `http://127.0.0.1:${server.address().port}/`])).stdout.trim();
await live('offline');
const status = await live('online');
const field = bodies[0]?.split('\r\n').slice(1, -2);
console.log('TanStack Query 5.104.4: a paused upload of a.txt ("hello"), persisted, the page opened again, online');
console.log('guess: a field with filename="a.txt" and "hello", or a failed mutation');
console.log(`seen:  mutation ${status}, requests: ${bodies.length}, field: ${JSON.stringify(field)}`);
process.exit(status === 'success' && bodies.length === 1 && field.at(-1) === '[object Object]' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
