#!/usr/bin/env bash
# s3rver 3.7.1 with @aws-sdk/client-s3 3.1169.0
#
# A test or a laptop uses s3rver as its store. The AWS SDK sends a stream of 5 bytes, with its length: PutObject, Body: stream.
# One would guess: an object of 5 bytes, or an error from a store that cannot read the request.
# What happens: today's SDK sends streams in framed pieces with a checksum behind them (Content-Encoding: aws-chunked,
# STREAMING-UNSIGNED-PAYLOAD-TRAILER). The store knows only the older signed framing, takes the frames for content, answers
# 200 and keeps 46 bytes: "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:…". A Buffer of the same bytes is stored right.
# Why it matters: uploads "work" in tests, but every stored stream is broken, and its ETag belongs to the broken bytes.
# `requestChecksumCalculation: 'WHEN_REQUIRED'` in the client avoids it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const s3 = (more) => new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }, ...more });
const kept = async (client, Body) => {
  await client.putObject({ Bucket: 'bucket', Key: 'key', Body, ContentLength: 5 });
  return (await client.getObject({ Bucket: 'bucket', Key: 'key' })).Body.transformToString();
};
const stream = () => Readable.from([Buffer.from('hello')]);
const seen = {
  buffer: await kept(s3(), Buffer.from('hello')),
  stream: await kept(s3(), stream()),
  'stream, WHEN_REQUIRED': await kept(s3({ requestChecksumCalculation: 'WHEN_REQUIRED' }), stream()),
};
console.log('s3rver 3.7.1, AWS SDK 3.1169.0: PutObject of "hello"');
console.log('guess: "hello" three times');
for (const [how, text] of Object.entries(seen)) console.log('seen: ', how.padEnd(22), text.length, 'bytes', JSON.stringify(text));
process.exit(seen.buffer === 'hello' && seen['stream, WHEN_REQUIRED'] === 'hello' && seen.stream.startsWith('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:') ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
