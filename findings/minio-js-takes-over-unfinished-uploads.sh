#!/usr/bin/env bash
# minio (the JavaScript client) 8.0.7
#
# A browser began a multipart upload of a key and went away. Later a server of the same app stores another file at that key by
# `putObject` with a stream, a type and metadata of its own. The same where two processes store to one key at the same time.
# One would guess: `putObject` begins an upload of its own, and the object has the type and metadata that were given to it.
# What happens: it looks for the newest unfinished upload of the key, whoever began it, and goes on with that. The object's type and
# metadata are those of the stranger's Create call; its own are dropped without a word. Then that upload is ended: whoever began it
# gets NoSuchUpload for a file that is half sent.
# Why it matters: keys that browsers upload to must not be written by this client, or the unfinished upload is aborted first.
# The store below is a few lines that answer as S3's reference says: type and metadata of an object are those of its Create call.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts minio@8.0.7 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { Client } from 'minio';

const { version } = createRequire(import.meta.url)('minio/package.json');
const uploads = new Map();
const objects = new Map();
const md5 = (bytes) => `"${createHash('md5').update(bytes).digest('hex')}"`;
const store = createServer(async (request, response) => {
  const { pathname, searchParams: query } = new URL(request.url, 'http://store');
  const key = decodeURIComponent(pathname.slice('/bucket/'.length));
  const body = Buffer.concat(await request.toArray());
  const xml = (text) => response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
  const upload = uploads.get(query.get('uploadId'));
  if (query.has('location')) return xml('<LocationConstraint>us-east-1</LocationConstraint>');
  if (query.has('uploads') && request.method === 'POST') {
    const id = randomUUID();
    uploads.set(id, { key, headers: request.headers, parts: new Map() });
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (query.has('uploads')) {
    const each = [...uploads].map(([id, of]) => `<Upload><Key>${of.key}</Key><UploadId>${id}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>`);
    return xml(`<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${each.join('')}</ListMultipartUploadsResult>`);
  }
  if (!upload) {
    const isGone = query.has('uploadId');
    return response.writeHead(isGone ? 404 : 501).end(`<Error><Code>${isGone ? 'NoSuchUpload' : 'NotImplemented'}</Code></Error>`);
  }
  if (request.method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), body);
    return response.writeHead(200, { etag: md5(body) }).end();
  }
  if (request.method === 'GET') {
    const parts = [...upload.parts].map(([number, part]) => `<Part><PartNumber>${number}</PartNumber><ETag>${md5(part)}</ETag><Size>${part.length}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Part>`);
    return xml(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`);
  }
  const listed = [...body.toString().matchAll(/<PartNumber>(\d+)/g)].map(([, number]) => upload.parts.get(Number(number)));
  objects.set(key, { headers: upload.headers, body: Buffer.concat(listed) });
  uploads.delete(query.get('uploadId'));
  return xml('<CompleteMultipartUploadResult><Location>/bucket/picture</Location><Bucket>bucket</Bucket><Key>picture</Key><ETag>"one-2"</ETag></CompleteMultipartUploadResult>');
});
await new Promise((resolve) => store.listen(0, '127.0.0.1', resolve));
const { port } = store.address();
const client = new Client({ endPoint: '127.0.0.1', port, useSSL: false, accessKey: 'key', secretKey: 'a-secret', region: 'us-east-1' });

// The browser's: begun, one part sent, then left.
const url = `http://127.0.0.1:${port}/bucket/picture`;
const begun = await fetch(`${url}?uploads`, { method: 'POST', headers: { 'content-type': 'text/plain', 'x-amz-meta-owner': 'browser' } });
const [, id] = (await begun.text()).match(/<UploadId>(.+)<\/UploadId>/);
await fetch(`${url}?partNumber=1&uploadId=${id}`, { method: 'PUT', body: 'b'.repeat(5 << 20) });

// The server's: 70 MiB, so two parts of the client's 64 MiB.
const file = Buffer.alloc(70 << 20, 's');
await client.putObject('bucket', 'picture', Readable.from([file]), undefined, { 'Content-Type': 'image/jpeg', 'X-Amz-Meta-Owner': 'server' });
const { headers, body } = objects.get('picture');
const next = await fetch(`${url}?partNumber=2&uploadId=${id}`, { method: 'PUT', body: 'b'.repeat(5 << 20) });
console.log(`minio ${version}`);
console.log('guess: the object is image/jpeg of the server; the browser\'s upload is still open (200 for its next part)');
console.log(`seen:  the object is ${headers['content-type']} of the ${headers['x-amz-meta-owner']}, its bytes ${body.equals(file) ? "the server's" : 'mixed'}; the browser's next part: ${next.status}`);
store.close();
store.closeAllConnections();
process.exitCode = headers['content-type'] === 'text/plain' && headers['x-amz-meta-owner'] === 'browser' && body.equals(file) && next.status === 404 ? 0 : 1;
EOF
node run.mjs
