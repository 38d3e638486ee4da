#!/usr/bin/env bash
# @fastify/multipart 10.1.9, fastify 5.12.8 and @aws-sdk/lib-storage 3.1169.0, store: s3rver 3.7.1
#
# A server hands an incoming file on to S3 while it arrives: `const data = await request.file()`, then
# `await new Upload({ params: { Body: data.file, … } }).done()`. No limit was set anywhere.
# One would guess: the whole file is stored, or the request fails.
# What happens: the default limit for a file is Fastify's limit for bodies, 1 MiB. At the limit the stream simply ends, as if the
# file ended there. The upload to S3 is a success, the answer 200, and the object has exactly 1,048,576 bytes. Only
# `data.file.truncated` tells. With `request.parts()` the answer is 413, but the cut object stays in the bucket all the same.
# Why it matters: each file over 1 MiB is cut, and tests with small files never show it. Set `limits.fileSize`, look at `truncated`
# before the object is believed, and delete it if so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @fastify/multipart@10.1.9 fastify@5.12.8 @aws-sdk/client-s3@3.1169.0 \
  @aws-sdk/lib-storage@3.1169.0 s3rver@3.7.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const client = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
const toStore = (part) => new Upload({ client, params: { Bucket: 'bucket', Key: part.filename, Body: part.file } }).done();
const app = fastify();
app.register(multipart);
app.post('/file', async (request) => {
  await toStore(await request.file());
  return 'ok';
});
app.post('/parts', async (request) => {
  for await (const part of request.parts()) await toStore(part);
  return 'ok';
});
const address = await app.listen({ port: 0, host: '127.0.0.1' });
console.log('@fastify/multipart 10.1.9, lib-storage 3.1169.0, no limits set');
console.log('guess: status 200 and all bytes, or an error and no object');
const seen = [];
for (const [path, size] of [['/file', 500_000], ['/file', 3_000_000], ['/file', 20_000_000], ['/parts', 3_000_000]]) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(size)]), `${path.slice(1)}-${size}`);
  const { status } = await fetch(address + path, { method: 'POST', body: form });
  const { ContentLength } = await client.headObject({ Bucket: 'bucket', Key: `${path.slice(1)}-${size}` });
  seen.push(`${status} ${ContentLength}`);
  console.log(`seen:  ${path} with ${size} bytes: status ${status}, stored ${ContentLength}`);
}
process.exit(seen.join() === '200 500000,200 1048576,200 1048576,413 1048576' ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
