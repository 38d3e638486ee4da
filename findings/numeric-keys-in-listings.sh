#!/usr/bin/env bash
# minio 8.0.7 (the JavaScript client), @better-upload/server 3.0.19 (helpers), control: @aws-sdk/client-s3 3.1169.0, store: s3rver
# 3.7.1
#
# A bucket holds objects whose keys are plain numbers: "0042", "0x10", "+7", "1.50", as hashes, ids and times often are.
# One would guess: a listing gives the keys back as they are.
# What happens: both read the XML of a listing with a parser that turns text that looks like a number into a number. minio gives
# "42", "16", "7" and "1.5"; better-upload gives the numbers 42, 16, 1.5, and `true` for a key named "true".
# Why it matters: code that lists and then downloads, copies or deletes meets NoSuchKey, or another object that happens to be called
# "42". A clean-up that deletes "42" is told that all went well, and "0042" stays for ever.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts minio@8.0.7 @better-upload/server@3.0.19 @aws-sdk/client-s3@3.1169.0 \
  s3rver@3.7.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';
import { custom } from '@better-upload/server/clients';
import { listObjectsV2 } from '@better-upload/server/helpers';
import { Client } from 'minio';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const aws = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: keys });
const minio = new Client({ endPoint: '127.0.0.1', port, useSSL: false, accessKey: 'S3RVER', secretKey: 'S3RVER', region: 'us-east-1' });
const better = custom({ host: `127.0.0.1:${port}`, region: 'us-east-1', secure: false, forcePathStyle: true, ...keys });
for (const Key of ['0042', '0x10', '+7', '1.50', 'true', 'a.txt']) await aws.putObject({ Bucket: 'bucket', Key, Body: 'x' });

const listed = { guess: (await aws.listObjectsV2({ Bucket: 'bucket' })).Contents.map((object) => object.Key), minio: [], 'better-upload': [] };
for await (const object of minio.listObjectsV2('bucket', '', true)) listed.minio.push(object.name);
for (const object of (await listObjectsV2(better, { bucket: 'bucket' })).contents) listed['better-upload'].push(object.key);
console.log('minio 8.0.7, better-upload 3.0.19: keys of a bucket as its listing gives them');
for (const [name, list] of Object.entries(listed)) console.log(`${name}:`.padEnd(14), JSON.stringify(list));

for (const name of listed.minio) await minio.removeObject('bucket', name);
const left = (await aws.listObjectsV2({ Bucket: 'bucket' })).Contents?.map((object) => object.Key) ?? [];
console.log('left after minio removed everything that it had listed, without an error:', JSON.stringify(left));
const same = (list, other) => JSON.stringify(list) === JSON.stringify(other);
process.exit(
  same(listed.minio, ['7', '42', '16', '1.5', 'a.txt', 'true']) && same(listed['better-upload'], [7, 42, 16, 1.5, 'a.txt', true]) &&
    same(left, ['+7', '0042', '0x10', '1.50']) ? 0 : 1,
);
EOF
timeout 120 node --no-warnings run.mjs
