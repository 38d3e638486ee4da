#!/usr/bin/env bash
# @tus/server 2.4.5 with @tus/s3-store 2.0.7, client: tus-js-client 4.3.1
#
# An upload of 12 MiB stops at 6 MiB. The bucket has the usual rule that aborts unfinished multipart uploads after some days.
# Then the person comes back and resumes.
# One would guess: 404 or 410, and the client begins anew.
# What happens: the store adapter reads NoSuchUpload as "it has been completed", so the server says that all 12 MiB are there.
# The client sends nothing and reports success. No object exists.
# Why it matters: a file is lost, and everybody was told that it arrived. NoSuchUpload means completed or aborted; only a look
# at the object tells which. The store below is a few lines that answer as S3's reference says.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @tus/server@2.4.5 @tus/s3-store@2.0.7 tus-js-client@4.3.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >store.mjs <<'EOF'
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

export const objects = new Map();
export const uploads = new Map();
const md5 = (bytes) => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** The content of an aws-chunked body without signatures. */
function unframed(body) {
  const pieces = [];
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, line).toString(), 16);
    if (size === 0) return Buffer.concat(pieces);
    pieces.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams: query } = new URL(request.url, 'http://store');
  const key = decodeURIComponent(pathname.slice('/bucket/'.length));
  let body = Buffer.concat(await request.toArray());
  if (request.headers['x-amz-content-sha256']?.startsWith('STREAMING-')) body = unframed(body);
  const xml = (status, text) => response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
  const upload = uploads.get(query.get('uploadId'));
  if (query.has('uploads')) {
    const id = randomUUID();
    uploads.set(id, new Map());
    return xml(200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (query.has('uploadId') && !upload) return xml(404, '<Error><Code>NoSuchUpload</Code><Message>The specified multipart upload does not exist.</Message></Error>');
  if (upload && request.method === 'PUT') {
    upload.set(Number(query.get('partNumber')), body);
    return response.writeHead(200, { etag: md5(body) }).end();
  }
  if (upload && request.method === 'GET') {
    const parts = [...upload].map(([number, part]) => `<Part><PartNumber>${number}</PartNumber><ETag>${md5(part)}</ETag><Size>${part.length}</Size></Part>`);
    return xml(200, `<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`);
  }
  if (upload && request.method === 'POST') {
    objects.set(key, { body: Buffer.concat([...upload].sort(([a], [b]) => a - b).map(([, part]) => part)), headers: {} });
    uploads.delete(query.get('uploadId'));
    return xml(200, '<CompleteMultipartUploadResult><ETag>"one-1"</ETag></CompleteMultipartUploadResult>');
  }
  if (request.method === 'PUT') {
    objects.set(key, { body, headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-meta-'))) });
    return response.writeHead(200, { etag: md5(body) }).end();
  }
  const object = objects.get(key);
  if (!object) return request.method === 'HEAD' ? response.writeHead(404).end() : xml(404, '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>');
  response.writeHead(200, { ...object.headers, 'content-length': object.body.length, etag: md5(object.body) }).end(request.method === 'HEAD' ? undefined : object.body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
export const endpoint = `http://127.0.0.1:${server.address().port}`;
EOF
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { S3Store } from '@tus/s3-store';
import { Server } from '@tus/server';
import { Upload } from 'tus-js-client';
import { endpoint, objects, uploads } from './store.mjs';

const s3ClientConfig = { bucket: 'bucket', region: 'us-east-1', endpoint, forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const start = () => new Server({ path: '/files', datastore: new S3Store({ partSize: 6 * 2 ** 20, s3ClientConfig }) });
let tus = start();
const server = createServer((request, response) => tus.handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const file = Buffer.alloc(12 * 2 ** 20, 'z');
const send = (more) => new Promise((resolve) => {
  const upload = new Upload(file, {
    endpoint: `http://127.0.0.1:${server.address().port}/files`,
    chunkSize: 6 * 2 ** 20,
    onChunkComplete: (_size, sent) => { if (more.stop) upload.abort().then(() => resolve({ outcome: `stopped at ${sent}`, url: upload.url })); },
    onError: (error) => resolve({ outcome: `error: ${error.message}`, url: upload.url }),
    onSuccess: () => resolve({ outcome: 'success', url: upload.url }),
    ...more,
  });
  upload.start();
});
const first = await send({ stop: true });
uploads.clear(); // the bucket's rule
tus = start(); // days later: the process was started again
const second = await send({ uploadUrl: first.url });
const exists = objects.has(first.url.split('/').pop());

const control = await send({});
const controlExists = objects.get(control.url.split('/').pop())?.body.equals(file) ?? false;
console.log('@tus/s3-store 2.0.7: resumed after the bucket aborted the unfinished multipart upload');
console.log(`without a break: ${control.outcome}, object right: ${controlExists}`);
console.log('guess: an error or a new beginning, then the object');
console.log(`seen:  ${first.outcome}; resumed: ${second.outcome}; object exists: ${exists}`);
process.exit(control.outcome === 'success' && controlExists && second.outcome === 'success' && !exists ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
