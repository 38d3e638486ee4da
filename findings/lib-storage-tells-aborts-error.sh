#!/usr/bin/env bash
# @aws-sdk/lib-storage 3.1169.0 with @aws-sdk/client-s3 3.1169.0
#
# A server may write to a bucket, but its policy does not have s3:AbortMultipartUpload, which is a permission of its own and easily
# left out. A part of an upload is refused: the bucket is full.
# One would guess: `done()` rejects with the reason why the part was refused.
# What happens: after the failure the helper aborts the upload. That is refused too, and its error takes the place of the first:
# `AccessDenied … s3:AbortMultipartUpload`, without a `cause`. The part's error is told nowhere.
# Why it matters: the real reason (quota, a wrong key, an unknown checksum) cannot be found in any log, and people mend the policy of
# a call that nobody asked for. Stores without Abort, such as s3rver 3.7, hide each failure the same way.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/lib-storage@3.1169.0 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { S3 } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

let abortAllowed = false;
const server = createServer((request, response) => {
  const query = new URL(request.url, 'http://store').searchParams;
  request.resume().on('end', () => {
    const refuse = (code, message) => response.writeHead(403, { 'content-type': 'application/xml' }).end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
    if (query.has('uploads')) response.end('<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>');
    else if (request.method === 'PUT') refuse('QuotaExceeded', 'The bucket is full.');
    else if (abortAllowed) response.writeHead(204).end();
    else refuse('AccessDenied', 'Not authorized to perform: s3:AbortMultipartUpload');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new S3({ endpoint: `http://127.0.0.1:${server.address().port}`, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const reason = () => new Upload({ client, params: { Bucket: 'bucket', Key: 'key', Body: Buffer.alloc(12 * 2 ** 20) } }).done()
  .then(() => 'none', (error) => `${error.name}: ${error.message}${error.cause ? ` (cause ${error.cause})` : ''}`);
const seen = { 'abort refused': await reason() };
abortAllowed = true;
seen['abort allowed'] = await reason();
console.log('lib-storage 3.1169.0: a part is refused with QuotaExceeded');
console.log('guess: QuotaExceeded: The bucket is full.');
for (const [how, text] of Object.entries(seen)) console.log(`seen:  ${how}: ${text}`);
process.exit(seen['abort refused'] === 'AccessDenied: Not authorized to perform: s3:AbortMultipartUpload' && seen['abort allowed'] === 'QuotaExceeded: The bucket is full.' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
