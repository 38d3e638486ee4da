#!/usr/bin/env bash
# @uploadx/core 6.2.1 with @uploadx/s3 6.1.5 (both speak tus)
#
# The answer to a PATCH is lost, and the client sends that PATCH again with the same Upload-Offset.
# One would guess: 409 Conflict, as the tus protocol says for an offset that is not the server's, or the bytes written once more
# where they were, as the same server does with files on disk.
# What happens: with the S3 storage the bytes become the next part, whatever offset they have. The upload is called complete once
# there are as many bytes as the file has, so its end is missing and its start is there twice. All answers are 2xx.
# Why it matters: a file is stored wrong, and client and server both report success. Behind such a server a client must ask for the
# offset (HEAD) before every repeated PATCH. The store below is a few lines that answer as S3's reference says.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @uploadx/core@6.2.1 @uploadx/s3@6.1.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { DiskStorage, Tus } = require('@uploadx/core');
const { S3Storage } = require('@uploadx/s3');
const md5 = (bytes) => `"${createHash('md5').update(bytes).digest('hex')}"`;
const servers = [];
const listening = (handler) => new Promise((resolve) => {
  const server = createServer(handler).listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  servers.push(server);
});

const uploads = new Map();
let object = '';
const store = await listening(async (request, response) => {
  const query = new URL(request.url, 'http://store').searchParams;
  const body = Buffer.concat(await request.toArray());
  const xml = (text) => response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
  const upload = uploads.get(query.get('uploadId'));
  if (query.has('uploads')) {
    const id = randomUUID();
    uploads.set(id, new Map());
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (!upload) return response.writeHead(200).end();
  if (request.method === 'PUT') {
    upload.set(Number(query.get('partNumber')), body);
    return response.writeHead(200, { etag: md5(body) }).end();
  }
  if (request.method === 'GET') {
    const parts = [...upload].map(([number, part]) => `<Part><PartNumber>${number}</PartNumber><ETag>${md5(part)}</ETag><Size>${part.length}</Size></Part>`);
    return xml(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`);
  }
  object = [...body.toString().matchAll(/<PartNumber>(\d+)/g)].map(([, number]) => upload.get(Number(number))).join('');
  return xml('<CompleteMultipartUploadResult><Location>/bucket/a</Location><ETag>"one-3"</ETag></CompleteMultipartUploadResult>');
});

const FILE = 'aaaabbbbcccc';
/** The answers to a create call and to PATCHes at the offsets 0, 0 again, and 4. */
async function send(storage) {
  const tus = new Tus({ storage });
  const base = `${await listening((request, response) => tus.handle(request, response))}/files`;
  while (!storage.isReady) await new Promise((resolve) => setTimeout(resolve, 20));
  const headers = { 'tus-resumable': '1.0.0' };
  const created = await fetch(base, { method: 'POST', headers: { ...headers, 'upload-length': `${FILE.length}`, 'upload-metadata': `filename ${btoa('a.txt')}` } });
  const url = new URL(created.headers.get('location'), base);
  const answers = [];
  for (const offset of [0, 0, 4]) {
    const response = await fetch(url, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' },
      body: FILE.slice(offset, offset + 4),
    });
    answers.push(response.status);
    await response.arrayBuffer();
  }
  return answers.join(' ');
}
const onS3 = await send(new S3Storage({
  bucket: 'bucket',
  region: 'us-east-1',
  endpoint: store,
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  credentials: { accessKeyId: 'key', secretAccessKey: 'a-secret' },
  metaStorageConfig: { directory: './meta' },
}));
const onDisk = await send(new DiskStorage({ directory: './files' }));
console.log(`@uploadx/core ${require('@uploadx/core/package.json').version}, @uploadx/s3 ${require('@uploadx/s3/package.json').version}`);
console.log(`the file is ${FILE}; PATCH at 0, at 0 again, at 4`);
console.log('guess: 204 409 204 or 204 204 204, and the upload waits for its last four bytes');
console.log(`seen:  on S3 ${onS3}, and the object is ${object}; on disk ${onDisk}`);
for (const server of servers) server.close(), server.closeAllConnections();
process.exit(onS3 === '204 204 200' && object === 'aaaaaaaabbbb' ? 0 : 1);
EOF
node --no-warnings run.mjs
