#!/usr/bin/env bash
# unstorage 1.17.6 (its s3 driver) and @remix-run/file-storage-s3 0.1.2, control: @aws-sdk/client-s3 3.1169.0, store: s3rver 3.7.1
#
# A bucket holds files under the names that people gave them: "Tom & Jerry.pdf", "a<b>.txt", "50%25.txt". A clean-up lists the keys
# and removes each: `for (const key of await storage.getKeys()) await storage.removeItem(key)`.
# One would guess: the keys that are in the bucket, as both libraries write and read these files well by name; then an empty bucket.
# What happens: S3 lists keys as XML, where "&" is written "&amp;". unstorage finds keys in the text and leaves the escapes in, so it
# tells of a "Tom &amp; Jerry.pdf", and removing that succeeds and removes nothing. Remix undoes the XML, and then percent signs as
# well, which S3 never wrote, so "50%25.txt" is told as "50%.txt".
# Why it matters: files with such names are never found again by a listing: not cleaned up, not migrated, not counted. And "50%.txt"
# may be another file.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts unstorage@1.17.6 aws4fetch@1.0.20 @remix-run/file-storage-s3@0.1.2 @aws-sdk/client-s3@3.1169.0 \
  s3rver@3.7.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';
import { createS3FileStorage } from '@remix-run/file-storage-s3';
import S3rver from 's3rver';
import { createStorage } from 'unstorage';
import s3Driver from 'unstorage/drivers/s3';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const endpoint = `http://127.0.0.1:${port}`;
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const client = new S3({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
const real = async () => ((await client.listObjectsV2({ Bucket: 'bucket' })).Contents ?? []).map(({ Key }) => Key).join(' | ');
const remix = createS3FileStorage({ ...credentials, endpoint, bucket: 'bucket', region: 'us-east-1', forcePathStyle: true });
const storage = createStorage({ driver: s3Driver({ ...credentials, endpoint, bucket: 'bucket', region: 'us-east-1' }) });
for (const name of ['50%25.txt', 'Tom & Jerry.pdf', 'a<b>.txt', 'plain.txt']) await storage.setItemRaw(name, Buffer.from(name));
console.log('unstorage 1.17.6, @remix-run/file-storage-s3 0.1.2: keys of a bucket');
console.log(`guess: ${await real()}`);
const told = { unstorage: (await storage.getKeys()).join(' | '), remix: (await remix.list()).files.map(({ key }) => key).join(' | ') };
for (const [name, keys] of Object.entries(told)) console.log(`seen:  ${keys} (${name})`);
for (const key of await storage.getKeys()) await storage.removeItem(key);
console.log('guess: after each key that unstorage told was removed: nothing');
const left = await real();
console.log(`seen:  ${left}`);
process.exit(
  told.unstorage === '50%25.txt | Tom &amp; Jerry.pdf | a&lt;b&gt;.txt | plain.txt' &&
    told.remix === '50%.txt | Tom & Jerry.pdf | a<b>.txt | plain.txt' &&
    left === 'Tom & Jerry.pdf | a<b>.txt' ? 0 : 1,
);
EOF
timeout 60 node --no-warnings run.mjs
