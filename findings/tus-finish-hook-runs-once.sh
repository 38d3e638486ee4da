#!/usr/bin/env bash
# @tus/server 2.4.5 with @tus/file-store 2.1.1, client: tus-js-client 4.3.1
#
# `onUploadFinish` is where an app writes the finished upload to its database. Once the database is busy, and the hook
# throws `{ status_code: 503 }`. The client has its usual `retryDelays`.
# One would guess: the client tries again, and the hook runs again, until it succeeds.
# What happens: the client asks how much is stored (HEAD), is told "everything", and reports success. The hook ran once, and
# never will again.
# Why it matters: the person reads "done", the bytes are on the disk, and the app never hears of the file. The hook's error
# reaches nobody but a log. An app must look for finished uploads by itself, or note them before it does anything else.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/server@2.4.5 @tus/file-store@2.1.1 tus-js-client@4.3.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir uploads
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { Upload } from 'tus-js-client';

let hooks = 0;
const onUploadFinish = async () => {
  hooks += 1;
  if (hooks === 1) throw { status_code: 503, body: 'The database is busy.' };
  return {};
};
const tus = new Server({ path: '/files', datastore: new FileStore({ directory: './uploads' }), onUploadFinish });
const wire = [];
const server = createServer((request, response) => {
  response.on('finish', () => wire.push(`${request.method} ${response.statusCode}`));
  tus.handle(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const outcome = await new Promise((resolve) => {
  new Upload(Buffer.alloc(1000), {
    endpoint: `http://127.0.0.1:${server.address().port}/files`,
    retryDelays: [0, 100, 200],
    onError: (error) => resolve(`error ${error.message}`),
    onSuccess: () => resolve('success'),
  }).start();
});
console.log('@tus/server 2.4.5, tus-js-client 4.3.1: onUploadFinish answers 503 once');
console.log('guess: the hook runs a second time');
console.log(`seen:  ${wire.join(', ')}; the client reports ${outcome}; the hook ran ${hooks} time(s)`);
process.exit(outcome === 'success' && hooks === 1 && wire.join() === 'POST 201,PATCH 503,HEAD 200' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
