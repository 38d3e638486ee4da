#!/usr/bin/env bash
# Bun 1.4.5 (its S3 client), store: s3rver 3.7.1 with @aws-sdk/client-s3 3.1169.0 to look
#
# A server in Bun stores what a form brings: `await s3.write(crypto.randomUUID(), form.get('photo'))`. The File says image/jpeg.
# One would guess: the object's Content-Type is image/jpeg, as a request by `fetch` takes it from its Blob.
# What happens: the type comes from the extension of the key, and the Blob's own is not looked at, nor a Response's. A key without an
# extension, as random ones are, is application/octet-stream; a JPEG that is stored as "photo.png" is image/png.
# Why it matters: browsers download such pictures instead of showing them, and none of it is seen while keys are file names. Say it:
# `s3.write(key, file, { type: file.type })`.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>"$dir/kill.log" || true; done; rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @oven/bun-linux-x64-baseline@1.4.5 s3rver@3.7.1 @aws-sdk/client-s3@3.1169.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >store.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import S3rver from 's3rver';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
writeFileSync('port', String((await store.run()).port));
EOF
node --no-warnings store.mjs & pids+=($!)
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
cat >run.mjs <<'EOF'
import { S3 } from '@aws-sdk/client-s3';

const endpoint = `http://127.0.0.1:${process.argv[2]}`;
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const bun = new Bun.S3Client({ ...credentials, endpoint, bucket: 'bucket', region: 'us-east-1' });
const sdk = new S3({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
const photo = new File(['a photo'], 'photo.jpg', { type: 'image/jpeg' });
const writes = {
  'a File, to a random key': ['0b8f6c1e', () => bun.write('0b8f6c1e', photo)],
  'a Blob, to a random key': ['5d21aa07', () => bun.write('5d21aa07', new Blob(['a photo'], { type: 'image/jpeg' }))],
  'a File, to photo.png': ['photo.png', () => bun.write('photo.png', photo)],
  'by file(key).write': ['77aa01cd', () => bun.file('77aa01cd').write(photo)],
  'a Response of the File': ['9c00d1ee', () => bun.write('9c00d1ee', new Response(photo))],
  'with { type }': ['c3d4e5f6', () => bun.write('c3d4e5f6', photo, { type: photo.type })],
};
console.log(`Bun ${Bun.version}: the Content-Type of an image/jpeg`);
const seen = [];
for (const [how, [Key, write]] of Object.entries(writes)) {
  await write();
  seen.push((await sdk.headObject({ Bucket: 'bucket', Key })).ContentType);
  console.log(`guess: image/jpeg\nseen:  ${seen.at(-1)} (${how})`);
}
process.exit(seen.join() === 'application/octet-stream,application/octet-stream,image/png,application/octet-stream,application/octet-stream,image/jpeg' ? 0 : 1);
EOF
timeout 60 node_modules/@oven/bun-linux-x64-baseline/bin/bun run.mjs "$(cat port)"
