#!/usr/bin/env bash
# multer-s3 3.0.1 with multer 2.5.0, express 5.1.0 and @aws-sdk/client-s3 3.1169.0, store: s3rver 3.7.1
#
# A form posts files to a server, which streams them on to S3 and keeps `req.file.size` in its database.
# One would guess: `size` is the number of bytes stored.
# What happens: it is, up to the first part (5 MiB). Above that the size is 0: it is taken from a progress event's `total`,
# which the SDK fills in only when the whole body fits into one request.
# Why it matters: quotas, invoices and "is it complete?" checks read 0 for exactly the large files. The stored object is right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts multer-s3@3.0.1 multer@2.5.0 express@5.1.0 @aws-sdk/client-s3@3.1169.0 s3rver@3.7.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';
import express from 'express';
import multer from 'multer';
import multerS3 from 'multer-s3';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const s3 = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
const app = express();
const storage = multerS3({ s3, bucket: 'bucket', key: (_request, file, done) => done(null, file.originalname) });
app.post('/', multer({ storage }).single('file'), (request, response) => response.json(request.file.size));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

console.log('multer-s3 3.0.1: what req.file.size says');
console.log('guess: the size of the file');
const said = {};
for (const size of [10, 4 * 2 ** 20, 6 * 2 ** 20, 20 * 2 ** 20]) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(size)]), 'file.bin');
  said[size] = await (await fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', body: form })).json();
  const stored = (await s3.headObject({ Bucket: 'bucket', Key: 'file.bin' })).ContentLength;
  console.log(`seen:  sent ${size}, stored ${stored}, size ${said[size]}`);
  if (stored !== size) process.exit(1);
}
process.exit(JSON.stringify(said) === JSON.stringify({ 10: 10, 4194304: 4194304, 6291456: 0, 20971520: 0 }) ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
