#!/usr/bin/env bash
# tus-js-client 4.3.1 (its browser build, in jsdom 29.1.1) with @tus/server 2.4.5 and @tus/file-store 2.1.1
#
# A page resumes as the guide shows: `findPreviousUploads()`, then `resumeFromPreviousUpload()`. Somebody puts a picture into the
# album "summer", and next week the same picture into the album "winter" (`metadata: { album }`).
# One would guess: two uploads; or one that the server hears of twice.
# What happens: finished uploads stay in the list of previous ones (`removeFingerprintOnSuccess` is off by default). The second time
# the client asks HEAD, is told that all is there, and reports success with the first upload's URL. The new metadata is
# never sent, and the server's onUploadFinish does not run.
# Why it matters: the person reads "done", and the picture is not in the album. If the first upload is later deleted, both are gone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/server@2.4.5 @tus/file-store@2.1.1 tus-js-client@4.3.1 jsdom@29.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir uploads
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { JSDOM } from 'jsdom';

const finished = [];
const onUploadFinish = async (_request, upload) => {
  finished.push(upload.metadata.album);
  return {};
};
const tus = new Server({ path: '/files', datastore: new FileStore({ directory: './uploads' }), onUploadFinish });
const wire = [];
const server = createServer((request, response) => {
  response.on('finish', () => wire.push(`${request.method} ${response.statusCode}`));
  tus.handle(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const { window } = new JSDOM('', { url: origin, runScripts: 'outside-only' });
window.eval(readFileSync('node_modules/tus-js-client/dist/tus.js', 'utf8'));
const picture = new window.File(['picture'], 'picture.jpg', { type: 'image/jpeg', lastModified: 1_700_000_000_000 });

async function send(album) {
  let resolve;
  const outcome = new Promise((settle) => { resolve = settle; });
  const upload = new window.tus.Upload(picture, {
    endpoint: `${origin}/files`,
    metadata: { album },
    onError: (error) => resolve(`error ${error.message}`),
    onSuccess: () => resolve('success'),
  });
  const [previous] = await upload.findPreviousUploads();
  if (previous) upload.resumeFromPreviousUpload(previous);
  upload.start();
  return { outcome: await outcome, url: upload.url };
}
const summer = await send('summer');
const winter = await send('winter');
console.log('tus-js-client 4.3.1, @tus/server 2.4.5: one picture for the album summer, then for winter');
console.log('guess: onUploadFinish for summer and winter');
console.log(`seen:  ${summer.outcome}, ${winter.outcome}; the same URL: ${summer.url === winter.url}; onUploadFinish for ${finished.join(' and ')}; ${wire.join(', ')}`);
process.exit(winter.outcome === 'success' && summer.url === winter.url && finished.join() === 'summer' && wire.join() === 'POST 201,PATCH 204,HEAD 200' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
