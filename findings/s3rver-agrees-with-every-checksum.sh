#!/usr/bin/env bash
# s3rver 3.7.1 with @aws-sdk/client-s3 3.1169.0
#
# Tests of an uploader run against s3rver. The uploader has a bug that S3 is there to find: it keeps the checksum of another part, joins
# the parts in the wrong order, or writes over a file that it meant to create (`If-None-Match: *`).
# One would guess: the store refuses, as S3 does: BadDigest, InvalidPart, InvalidPartOrder, PreconditionFailed.
# What happens: 200, six times of six. `Content-MD5`, `x-amz-checksum-sha256`, the ETags and the order of CompleteMultipartUpload and the
# condition are read by nobody. Parts that are listed in the wrong order are joined in the right one.
# Why it matters: a test that passes there says nothing of all this. The first to tell is the store in production, and of the
# condition not even that: the file of before is gone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createHash } from 'node:crypto';
import { S3 } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const { port } = await store.run();
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const s3 = new S3({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' });
const of = { Bucket: 'bucket', Key: 'film' };
const sum = (algorithm, text) => createHash(algorithm).update(text).digest('base64');
const joined = async (order) => {
  const { UploadId } = await s3.createMultipartUpload(of);
  const Parts = [];
  for (const [i, letter] of ['a', 'b'].entries()) {
    const { ETag } = await s3.uploadPart({ ...of, UploadId, PartNumber: i + 1, Body: letter.repeat(5 << 20) });
    Parts.push({ PartNumber: i + 1, ETag });
  }
  await s3.completeMultipartUpload({ ...of, UploadId, MultipartUpload: { Parts: order(Parts) } });
};
const ways = [
  ['Content-MD5 of another file', 'BadDigest', () => s3.putObject({ ...of, Body: 'one', ContentMD5: sum('md5', 'two') })],
  ['SHA-256 of another file', 'BadDigest', () => s3.putObject({ ...of, Body: 'one', ChecksumSHA256: sum('sha256', 'two') })],
  ['an ETag that no part has', 'InvalidPart', () => joined(([first, second]) => [first, { ...second, ETag: `"${'0'.repeat(32)}"` }])],
  ['ETags of each other', 'InvalidPart', () => joined(([first, second]) => [{ ...first, ETag: second.ETag }, { ...second, ETag: first.ETag }])],
  ['parts 2 and 1', 'InvalidPartOrder', () => joined((parts) => parts.toReversed())],
  ['If-None-Match: *, the file is there', 'PreconditionFailed', () => s3.putObject({ ...of, Body: 'another film', IfNoneMatch: '*' })],
];
console.log('s3rver 3.7.1, AWS SDK 3.1169.0');
let taken = 0;
for (const [what, wanted, call] of ways) {
  const seen = await call().then(() => '200', ({ name }) => name);
  taken += seen === '200';
  console.log(`guess: ${what}: ${wanted}\nseen:  ${what}: ${seen}`);
}
const kept = await (await s3.getObject(of)).Body.transformToString();
console.log(`guess: the film is still there\nseen:  what is there: ${kept}`);
process.exit(taken === 6 && kept === 'another film' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
