#!/usr/bin/env bash
# s3rver 3.7.1 with @aws-sdk/s3-presigned-post 3.1164.0
#
# Forms post to S3 with the key `uploads/${filename}`; S3 puts the name of the posted file there, as its reference says. A test or
# a laptop uses s3rver as its store.
# One would guess: `uploads/a.txt` and `uploads/b.txt`, or an error.
# What happens: both are answered with 204, and the store holds one object whose key is literally `uploads/${filename}`, with the
# bytes of the second file.
# Why it matters: files overwrite each other in development and tests, and code that looks for `uploads/a.txt` is "mended" until
# it fails on the real store.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 @aws-sdk/s3-presigned-post@3.1164.0 @aws-sdk/client-s3@3.1164.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const s3 = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
const statuses = [];
for (const name of ['a.txt', 'b.txt']) {
  const { url, fields } = await createPresignedPost(s3, { Bucket: 'bucket', Key: 'uploads/${filename}' });
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new Blob([name]), name);
  statuses.push((await fetch(url, { method: 'POST', body: form })).status);
}
const keys = (await s3.listObjectsV2({ Bucket: 'bucket' })).Contents.map((object) => object.Key);
console.log('s3rver 3.7.1: a.txt and b.txt posted to the key uploads/${filename}');
console.log('guess: ["uploads/a.txt","uploads/b.txt"]');
console.log(`seen:  ${JSON.stringify(keys)}, statuses ${statuses}`);
process.exit(statuses.join() === '204,204' && keys.join() === 'uploads/${filename}' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
