#!/usr/bin/env bash
# s3rver 3.7.1 with @aws-sdk/client-s3 3.1169.0
#
# A test or a laptop uses s3rver as its store. A PUT over an object is under way, and its connection breaks in the middle.
# One would guess: the old object until the new one is whole, and after the break, as S3 has it: a PUT is stored whole or not at all.
# What happens: the bytes that have come are the object already. A GET in the middle gives the beginning of the new one, and after the break it
# stays so, with the ETag of the old one. Where there was no object, a quarter of a file is one from then on.
# Why it matters: a test that cancels an upload and looks into the bucket finds an object that a real store would not have, or passes by finding
# one. An app that trusts HEAD after a lost connection takes a piece for the file, as its ETag is right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { S3 } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const client = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
const old = await client.putObject({ Bucket: 'bucket', Key: 'over', Body: 'the old object' });
const look = (Key) => client.headObject({ Bucket: 'bucket', Key }).then(({ ContentLength, ETag }) => `${ContentLength} bytes${ETag === old.ETag ? ', the ETag of the old object' : ''}`, () => 'no object');
console.log('s3rver 3.7.1: a PUT of 2,000,000 bytes, which breaks after 500,000');
const seen = [];
for (const [key, before] of [['over', '14 bytes, the ETag of the old object'], ['new', 'no object']]) {
  const put = request({ method: 'PUT', port, host: '127.0.0.1', path: `/bucket/${key}`, headers: { 'content-length': 2_000_000 } });
  put.on('error', () => {});
  put.write(Buffer.alloc(500_000, 'n'));
  await wait(1000);
  const during = await look(key);
  put.destroy();
  await wait(1000);
  seen.push(during, await look(key));
  console.log(`guess: ${before}, during and after\nseen:  ${during}, during; ${seen.at(-1)}, after (${key})`);
}
process.exit(seen.every((one) => one.startsWith('500000 bytes')) && seen[1].endsWith('the ETag of the old object') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
