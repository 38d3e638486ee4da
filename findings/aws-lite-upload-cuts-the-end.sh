#!/usr/bin/env bash
# @aws-lite/s3 0.2.7 with @aws-lite/client 0.23.7
#
# A server hands a posted file of 25 MiB on to S3 in parts, as a stream: `S3.Upload({ Body: Readable.fromWeb(file.stream()), … })`. The
# file is in memory already, so the stream gives it in one piece. Each part has 10 MiB, the default.
# One would guess: three parts, of 10, 10 and 5 MiB.
# What happens: two parts are sent, and the upload is completed with them. Where the stream ends while more than a part's worth is
# waiting, whole parts are cut from it, and the rest behind them is forgotten. No error; the answer is that of the store. The same
# bytes in pieces of 64 KiB, as a file on the disk or a socket gives them, are stored whole.
# Why it matters: the object has 20 MiB, an ETag, and a caller who was told that all went well. It depends on who made the stream:
# a Blob, a PassThrough that was written to once and `Readable.from([bytes])` lose their end, a file does not.
# The store below is a few lines that answer as S3's reference says.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @aws-lite/client@0.23.7 @aws-lite/s3@0.2.7 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import awsLite from '@aws-lite/client';

const parts = new Map();
let object;
const store = createServer(async (request, response) => {
  const query = new URL(request.url, 'http://store').searchParams;
  const body = Buffer.concat(await request.toArray());
  const xml = (text) => response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
  if (query.has('uploads')) {
    parts.clear();
    return xml('<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>film</Key><UploadId>one</UploadId></InitiateMultipartUploadResult>');
  }
  if (request.method === 'PUT') {
    parts.set(Number(query.get('partNumber')), body);
    return response.writeHead(200, { etag: `"part-${query.get('partNumber')}"` }).end();
  }
  object = Buffer.concat([...body.toString().matchAll(/<PartNumber>(\d+)/g)].map(([, number]) => parts.get(Number(number))));
  return xml('<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>film</Key><ETag>"film-2"</ETag></CompleteMultipartUploadResult>');
});
await new Promise((resolve) => store.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${store.address().port}`;
const { S3 } = await awsLite({ region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret', endpoint, plugins: [import('@aws-lite/s3')] });

const file = randomBytes(25 << 20);
const streams = {
  'a Blob': () => Readable.fromWeb(new Blob([file]).stream({ highWaterMark: file.length })),
  'a PassThrough': () => new PassThrough().end(file),
  'Readable.from([bytes])': () => Readable.from([file]),
  'pieces of 64 KiB': () => Readable.from(Array.from({ length: file.length >> 16 }, (_, i) => file.subarray(i << 16, (i + 1) << 16))),
};
console.log(`@aws-lite/s3 0.2.7, @aws-lite/client 0.23.7, Node ${process.version}: 25 MiB, ${file.length} bytes`);
const whole = {};
for (const [of, stream] of Object.entries(streams)) {
  const { ETag } = await S3.Upload({ Bucket: 'bucket', Key: 'film', Body: stream() });
  whole[of] = object.equals(file);
  console.log(`guess: ${of}: ${file.length} bytes\nseen:  ${of}: ${object.length} bytes in ${parts.size} parts, the answer has the ETag ${ETag}`);
}
process.exit(Object.values(whole).filter(Boolean).length === 1 && whole['pieces of 64 KiB'] ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
