#!/usr/bin/env bash
# @uppy/core 6.3.1 and @uppy/aws-s3 6.3.1, in Chromium (its version is printed; playwright-core 1.64.1)
#
# An app sets `meta: { album: 'summer' }` and names the field in the plugin's `allowedMetaFields: ['album']`, the option for which
# fields go with an upload. It signs requests itself (`signRequest`).
# One would guess: the signer is handed the fields, or the request to S3 has `x-amz-meta-album: summer`.
# What happens: neither. The signer gets method, key and type; the request has no metadata header, and nothing is said. Only the way
# by Companion knows metadata.
# Why it matters: what belongs to a file (album, owner, caption) is missing on the object, and whoever reads it back later finds out.
# Put it into the key, or tell your own server by `file.meta` in `upload-success`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/aws-s3@6.3.1 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import AwsS3 from '@uppy/aws-s3'; Object.assign(window, { Uppy, AwsS3 });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
let put;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'PUT') put = Object.keys(request.headers).filter((name) => name.startsWith('x-'));
    response.writeHead(200, { 'content-type': 'text/html', etag: '"one"' }).end('<!doctype html><title>page</title>');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const told = await page.evaluate(async () => {
  let asked;
  const uppy = new Uppy({ meta: { album: 'summer' } }).use(AwsS3, {
    allowedMetaFields: ['album'],
    signRequest: async (request) => {
      asked = Object.keys(request);
      return { url: `${location.origin}/store/key` };
    },
  });
  uppy.addFile({ name: 'picture.jpg', type: 'image/jpeg', data: new Blob(['picture']), meta: { album: 'summer' } });
  const { successful } = await uppy.upload();
  return { successful: successful.length, asked };
});
console.log(`@uppy/aws-s3 6.3.1, Chromium ${browser.version()}: meta.album = summer, allowedMetaFields: ['album']`);
console.log('guess: album or metadata is handed to the signer, or x-amz-meta-album is sent');
console.log(`seen:  ${told.successful} successful; the signer was handed ${told.asked.join(', ')}; x- headers of the PUT: ${put.join(', ') || 'none'}`);
await browser.close();
process.exit(told.successful === 1 && !told.asked.some((name) => /meta|album/i.test(name)) && put.length === 0 ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
