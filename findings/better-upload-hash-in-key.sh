#!/usr/bin/env bash
# better-upload 3.0.19 (@better-upload/client and @better-upload/server), store: s3rver 3.7.1, browser: jsdom 29.1.1
#
# A route keeps the file's name in the key: `uploads/${file.name}`. Somebody picks "Bill #1.pdf" and "Bill #2.pdf".
# One would guess: the two keys that the answer names, `uploads/Bill #1.pdf` and `uploads/Bill #2.pdf`.
# What happens: the server builds the URL to sign from the bare key, so `#` begins the URL's fragment, which is never
# sent. Both files are stored as `uploads/Bill `; the second overwrites the first. The answer still names the full keys.
# Why it matters: a file is lost, and the key that the app saves in its database leads to nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @better-upload/client@3.0.19 @better-upload/server@3.0.19 \
  s3rver@3.7.1 jsdom@29.1.1 react@19.2.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
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
const generateObjectInfo = ({ file }) => ({ key: `uploads/${file.name}` });
const routes = { bills: route({ multipleFiles: true, maxFiles: 10, onBeforeUpload: () => ({ generateObjectInfo }) }) };
const app = createServer(toNodeHandler({ client, bucketName: 'bucket', routes })).listen(0, '127.0.0.1');
await new Promise((resolve) => app.once('listening', resolve));
const { window } = new JSDOM('', { url: 'http://localhost/' });
globalThis.XMLHttpRequest = window.XMLHttpRequest;

const files = ['Bill #1.pdf', 'Bill #2.pdf'].map((name) => new window.File([name], name, { type: 'application/pdf' }));
const result = await uploadFiles({ api: `http://127.0.0.1:${app.address().port}/`, route: 'bills', files });
const told = result.files.map((file) => `${file.objectInfo.key} ${file.status}`);
const stored = (await (await fetch(`http://127.0.0.1:${port}/bucket?list-type=2`)).text()).match(/(?<=<Key>)[^<]*/g) ?? [];

console.log('better-upload 3.0.19: Bill #1.pdf and Bill #2.pdf, key `uploads/${file.name}`');
console.log('guess: both are stored under the keys that the answer names');
console.log('seen:  told  ', JSON.stringify(told));
console.log('       stored', JSON.stringify(stored));
process.exit(told.length === 2 && told.every((line) => line.endsWith('complete')) && stored.length === 1 && stored[0] === 'uploads/Bill ' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
