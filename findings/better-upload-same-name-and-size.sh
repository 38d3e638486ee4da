#!/usr/bin/env bash
# better-upload 3.0.19 (@better-upload/client and @better-upload/server), store: s3rver 3.7.1, browser: jsdom 29.1.1
#
# Somebody picks two files from two folders. Both are called image.png and have the same size, their bytes differ.
# One would guess: two objects, or one failed file that the page can tell about.
# What happens: the client finds a file's signed URL by name, size and type, so both files are sent to the first URL.
# The second object never exists, and the answer holds one file under `files` and none under `failedFiles`.
# Why it matters: a file is lost without a word. Screenshots, camera files and exports often share a name, and files of
# fixed size (raw pictures, sound, records) share the size as well.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @better-upload/client@3.0.19 @better-upload/server@3.0.19 \
  s3rver@3.7.1 jsdom@29.1.1 react@19.2.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { uploadFiles } from '@better-upload/client';
import { route } from '@better-upload/server';
import { toNodeHandler } from '@better-upload/server/adapters/node';
import { custom } from '@better-upload/server/clients';
import { JSDOM } from 'jsdom';
import S3rver from 's3rver';

const cors = `<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>
  <AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>`;
const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket', configs: [cors] }] });
const { port } = await store.run();
const client = custom({ host: `127.0.0.1:${port}`, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1', secure: false, forcePathStyle: true });
const routes = { pictures: route({ multipleFiles: true, maxFiles: 10 }) };
const app = createServer(toNodeHandler({ client, bucketName: 'bucket', routes })).listen(0, '127.0.0.1');
await new Promise((resolve) => app.once('listening', resolve));
const { window } = new JSDOM('', { url: 'http://localhost/' });
globalThis.XMLHttpRequest = window.XMLHttpRequest;

const files = ['AAAA', 'BBBB'].map((bytes) => new window.File([bytes], 'image.png', { type: 'image/png' }));
const result = await uploadFiles({ api: `http://127.0.0.1:${app.address().port}/`, route: 'pictures', files });
const objects = readdirSync('./store/bucket').filter((name) => name.endsWith('_object'));

console.log('better-upload 3.0.19: two files image.png, 4 bytes each, different bytes');
console.log('guess: 2 files in the answer, 2 objects in the store');
console.log(`seen:  files ${result.files.length}, failedFiles ${result.failedFiles.length}, objects ${objects.length} (${objects.map((name) => readFileSync(`./store/bucket/${name}`, 'utf8'))})`);
process.exit(result.files.length === 1 && result.failedFiles.length === 0 && objects.length === 1 ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
