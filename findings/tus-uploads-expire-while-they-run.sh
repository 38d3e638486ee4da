#!/usr/bin/env bash
# @tus/server 2.4.5 with @tus/file-store 2.1.1, client: tus-js-client 4.3.1
#
# Unfinished uploads are to go after a while: `new FileStore({ directory, expirationPeriodInMilliseconds })` (a day, say; 2 s here).
# Somebody with a slow line sends without a pause, a part every half second.
# One would guess: the time counts from the last sign of life, as tus has `Upload-Expires` in the answer to each PATCH so that it can
# move.
# What happens: it counts from the creation. Each answer names the same moment, and from then on the upload that runs is refused: 410
# Gone. A client that resumes has to begin anew, with an upload that ends at the same age.
# Why it matters: a file that takes longer than the period can never be stored, by nobody and however good the line, and the 410
# comes after most of it has been sent. Let the period be longer than your slowest upload, not than your longest pause.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/server@2.4.5 @tus/file-store@2.1.1 tus-js-client@4.3.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { Upload } from 'tus-js-client';

const tus = new Server({ path: '/files', datastore: new FileStore({ directory: './data', expirationPeriodInMilliseconds: 2000 }) });
const requests = [];
const server = createServer(async (request, response) => {
  if (request.method === 'PATCH') await wait(500);
  response.on('finish', () => requests.push(`${request.method} ${request.headers['upload-offset'] ?? ''} ${response.statusCode}`.replace('  ', ' ')));
  tus.handle(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const answer = await new Promise((resolve) => {
  new Upload(Buffer.alloc(1200, 7), {
    endpoint: `http://127.0.0.1:${server.address().port}/files`,
    chunkSize: 100,
    retryDelays: null,
    onError: (error) => resolve(`error: ${error.originalResponse?.getStatus() ?? error.message}`),
    onSuccess: () => resolve('success'),
  }).start();
});
console.log('@tus/server 2.4.5, @tus/file-store 2.1.1: an upload of 6 s without a pause, unfinished uploads expire after 2 s');
console.log('guess: success');
console.log(`seen:  ${answer}, after ${requests.join(', ')}`);
process.exit(answer === 'error: 410' && requests.filter((one) => /^PATCH \d+ 204$/.test(one)).length >= 2 && requests.at(-1).endsWith('410') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
