#!/usr/bin/env bash
# @tus/azure-store 2.0.2 (with @azure/storage-blob 12.32.0), @tus/server 2.4.5 and tus-js-client 4.3.1, store: azurite 3.35.0
#
# A tus server keeps uploads in Azure. It appends what a PATCH brings to a blob. The store takes the block, and its answer is lost on the
# way back, once, as connections break.
# One would guess: what is stored is looked at, or the append says where it belongs (`appendpos`, which Azure has for this), or the PATCH
# fails and the client asks for the offset.
# What happens: Azure's SDK sends the block once more by itself, as it does by default with everything that failed on the line, and the
# store appends it once more. The tus server counts the bytes that it received, not those that are stored, so offset and length agree,
# and client and server report success.
# Why it matters: the stored file has one of its megabytes twice, and all behind it is at the wrong place. Nothing tells, but the
# blob's length. (Any `appendBlock` of this SDK is repeated so; `conditions: { appendPosition }` makes the second one fail.)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/azure-store@2.0.2 @azure/storage-blob@12.32.0 @tus/server@2.4.5 tus-js-client@4.3.1 azurite@3.35.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, request } from 'node:http';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { AzureStore } from '@tus/azure-store';
import { Server } from '@tus/server';
import tus from 'tus-js-client';

const listen = async (handler) => {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
};
const key = Buffer.from('a key of this test').toString('base64');
const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent', '--blobHost', '127.0.0.1', '--blobPort', '0'];
const azurite = spawn(process.execPath, ['node_modules/azurite/dist/src/blob/main.js', ...options], { env: { ...process.env, AZURITE_ACCOUNTS: `account:${key}` } });
process.on('exit', () => azurite.kill());
const port = await new Promise((resolve, reject) => {
  let said = '';
  azurite.stderr.pipe(process.stderr);
  azurite.on('exit', () => reject(new Error(said)));
  azurite.stdout.on('data', (text) => {
    said += text;
    const [, listening] = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
    if (listening) resolve(Number(listening));
  });
});

// The line to the store, on which the answer to one append is lost.
let lose = 0;
const line = await listen((incoming, response) => {
  const outgoing = request({ port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
    if (incoming.url.includes('comp=appendblock') && lose-- > 0) return answer.resume().on('end', () => incoming.socket.destroy());
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
});
const uploads = (at) => new BlobServiceClient(`http://127.0.0.1:${at}/account`, new StorageSharedKeyCredential('account', key)).getContainerClient('uploads');
await uploads(port).create();
const server = new Server({ path: '/files', datastore: new AzureStore({ client: uploads(line) }) });
const address = await listen((incoming, response) => server.handle(incoming, response));

const file = randomBytes(3_000_000);
const seen = [];
console.log('@tus/azure-store 2.0.2, @azure/storage-blob 12.32.0, @tus/server 2.4.5, tus-js-client 4.3.1, azurite 3.35.0');
for (const lost of [0, 1]) {
  lose = lost;
  const url = await new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, { endpoint: `http://127.0.0.1:${address}/files`, chunkSize: 1_000_000, onSuccess: () => resolve(upload.url), onError: reject });
    upload.start();
  });
  const stored = await uploads(port).getBlobClient(url.split('/').at(-1)).downloadToBuffer();
  const twice = Buffer.concat([file.subarray(0, 1_000_000), file]);
  seen.push(stored.equals(file) ? 'the file' : stored.equals(twice) ? 'its first megabyte twice, then the rest' : 'something else');
  console.log(`guess: ${lost} answers lost: success, ${file.length} bytes\nseen:  ${lost} answers lost: success, ${stored.length} bytes: ${seen.at(-1)}`);
}
process.exit(seen.join() === 'the file,its first megabyte twice, then the rest' ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
