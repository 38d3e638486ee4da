#!/usr/bin/env bash
# lean-s3 0.6.3, s3mini 1.0.2, @better-upload/client 3.0.19, minio 8.0.7, @aws-sdk/client-s3 3.1169.0
#
# S3 sends "200 OK" for CompleteMultipartUpload before it has joined the parts. When joining fails, the error comes as XML
# in the body of that 200 answer; Amazon's reference says so and tells clients to read it. No object exists then.
# One would guess: a client that has a function for Complete fails there.
# What happens: the AWS SDK and minio fail; lean-s3, s3mini and better-upload report success.
# Why it matters: the person reads "done", the app saves the key, and the file is nowhere. It is a rare answer, so no
# test against a healthy store meets it. The store below is a few lines that answer as the reference shows.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts lean-s3@0.6.3 s3mini@1.0.2 @better-upload/client@3.0.19 \
  @better-upload/server@3.0.19 minio@8.0.7 @aws-sdk/client-s3@3.1169.0 jsdom@29.1.1 react@19.2.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';

const listening = (handler) => new Promise((resolve) => {
  const server = createServer(handler).listen(0, '127.0.0.1', () => resolve(server.address().port));
});
const port = await listening((request, response) => {
  const query = new URL(request.url, 'http://store').searchParams;
  request.resume().on('end', () => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('access-control-allow-methods', '*');
    response.setHeader('access-control-expose-headers', 'ETag');
    response.setHeader('content-type', 'application/xml');
    if (request.method === 'PUT') response.setHeader('etag', '"0cc175b9c0f1b6a831c399e269772661"').end();
    else if (request.method === 'DELETE') response.writeHead(204).end();
    else if (query.has('uploads')) response.end('<?xml version="1.0" encoding="UTF-8"?>\n<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><UploadId>one</UploadId></InitiateMultipartUploadResult>');
    else if (request.method === 'POST') response.end('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>');
    else response.end();
  });
});
const endpoint = `http://127.0.0.1:${port}`;
const keys = { accessKeyId: 'a', secretAccessKey: 'b' };
const clients = {
  'AWS SDK': async () => {
    const { S3 } = await import('@aws-sdk/client-s3');
    const s3 = new S3({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: keys, maxAttempts: 1 });
    await s3.completeMultipartUpload({ Bucket: 'bucket', Key: 'key', UploadId: 'one', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"a"' }] } });
  },
  minio: async () => {
    const { Client } = await import('minio');
    const s3 = new Client({ endPoint: '127.0.0.1', port, useSSL: false, accessKey: 'a', secretKey: 'b', region: 'us-east-1' });
    await s3.completeMultipartUpload('bucket', 'key', 'one', [{ part: 1, etag: 'a' }]);
  },
  'lean-s3': async () => {
    const { S3Client } = await import('lean-s3');
    const s3 = new S3Client({ endpoint, bucket: 'bucket', region: 'us-east-1', ...keys });
    await s3.completeMultipartUpload('key', 'one', [{ partNumber: 1, etag: '"a"' }]);
  },
  s3mini: async () => {
    const { S3mini } = await import('s3mini');
    const s3 = new S3mini({ endpoint: `${endpoint}/bucket`, region: 'us-east-1', ...keys });
    const response = await s3.putAnyObject('key', new Blob([new Uint8Array(9 * 2 ** 20)]));
    if (!response.ok) throw new Error(`status ${response.status}`);
  },
  'better-upload': async () => {
    const { route } = await import('@better-upload/server');
    const { toNodeHandler } = await import('@better-upload/server/adapters/node');
    const { custom } = await import('@better-upload/server/clients');
    const { uploadFile } = await import('@better-upload/client');
    const { JSDOM } = await import('jsdom');
    const { window } = new JSDOM('', { url: 'http://localhost/' });
    globalThis.XMLHttpRequest = window.XMLHttpRequest;
    const client = custom({ host: `127.0.0.1:${port}`, region: 'us-east-1', secure: false, forcePathStyle: true, ...keys });
    const app = await listening(toNodeHandler({ client, bucketName: 'bucket', routes: { any: route({ multipart: true }) } }));
    await uploadFile({ api: `http://127.0.0.1:${app}/`, route: 'any', file: new window.File(['a'], 'a.txt') });
  },
};
const name = process.argv[2];
try {
  await clients[name]();
  console.log(name.padEnd(14), 'success');
} catch (error) {
  console.log(name.padEnd(14), 'failure', /InternalError|internal error/.test(`${error?.name} ${error?.code} ${error?.message} ${JSON.stringify(error)}`) ? '(InternalError)' : `(${error})`);
}
process.exit(0);
EOF
echo "CompleteMultipartUpload answered with 200 and <Error><Code>InternalError</Code>…"
echo "guess: failure for all"
for client in 'AWS SDK' minio lean-s3 s3mini better-upload; do timeout 60 node --no-warnings run.mjs "$client"; done | tee seen.txt
diff <(printf '%-14s %s\n' 'AWS SDK' 'failure (InternalError)' minio 'failure (InternalError)' lean-s3 success s3mini success better-upload success) seen.txt
