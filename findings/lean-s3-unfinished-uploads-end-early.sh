#!/usr/bin/env bash
# lean-s3 0.6.3, control: @aws-sdk/client-s3 3.1169.0
#
# A clean-up job lists the unfinished multipart uploads of a bucket, 1,000 to a page as S3 gives them, and goes on while
# `isTruncated` is true. (For S3 each of them keeps its parts, and is paid for, until somebody aborts it.)
# One would guess: `isTruncated` is what the store says.
# What happens: the XML parser makes the word "true" a boolean, and the client compares it with the text "true". `isTruncated` is
# false for ever, also when `nextKeyMarker` is set. `list()` and `listParts()` of the same client tell it right.
# Why it matters: the job ends after the first page and reports that all is clean. Go on while there is a `nextKeyMarker`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts lean-s3@0.6.3 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { S3 } from '@aws-sdk/client-s3';
import { S3Client } from 'lean-s3';

// A bucket with two unfinished uploads, one to a page, told as S3's reference shows.
const server = createServer((request, response) => {
  const last = new URL(request.url, 'http://store').searchParams.has('key-marker');
  const key = last ? 'second.bin' : 'first.bin';
  const next = last ? '' : '<NextKeyMarker>first.bin</NextKeyMarker><NextUploadIdMarker>id-first</NextUploadIdMarker>';
  response.setHeader('content-type', 'application/xml');
  response.end(`<?xml version="1.0" encoding="UTF-8"?>
<ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Bucket>bucket</Bucket>${next}<MaxUploads>1</MaxUploads><IsTruncated>${!last}</IsTruncated>
<Upload><Key>${key}</Key><UploadId>id-${key}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>`);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${server.address().port}`;
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const aws = await new S3({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials }).listMultipartUploads({ Bucket: 'bucket' });
const lean = await new S3Client({ endpoint, bucket: 'bucket', region: 'us-east-1', ...credentials }).listMultipartUploads({});
console.log('lean-s3 0.6.3: the first of two pages of unfinished uploads');
console.log(`guess: isTruncated ${aws.IsTruncated}, next ${aws.NextKeyMarker} (the AWS SDK)`);
console.log(`seen:  isTruncated ${lean.isTruncated}, next ${lean.nextKeyMarker}`);
process.exit(aws.IsTruncated === true && lean.isTruncated === false && lean.nextKeyMarker === 'first.bin' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
