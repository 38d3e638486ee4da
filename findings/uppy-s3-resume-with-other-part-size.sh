#!/usr/bin/env bash
# @uppy/core 6.3.1 and @uppy/aws-s3 6.3.1, in Chromium (its version is printed; driven by playwright-core 1.64.1)
#
# A file of 12 MiB goes in parts of 5 MiB. Part 1 is stored, part 2 fails. Before the retry `getChunkSize` has come to return
# 6 MiB: it follows the network's speed, or a restored session runs a newer release of the app.
# One would guess: the stored parts are kept only if they fit, or the upload begins anew.
# What happens: ListParts says "part 1, 5 MiB". Its number is taken, its size is not read. Part 1 counts as bytes 0 to 6 MiB, and
# the next part begins at 6 MiB. The object has 11 MiB, the sixth is missing, progress is 100 % and `upload-success` fires.
# Why it matters: a broken file that nobody hears of. `getChunkSize` must return the same for a file for ever.
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
const MiB = 2 ** 20;

// The store: one multipart upload, whose second part is refused until the first list of parts was asked for.
const parts = new Map();
const wire = [];
let object;
let refused = 2;
const server = createServer(async (request, response) => {
  const { pathname, searchParams: query } = new URL(request.url, 'http://page');
  const body = Buffer.concat(await request.toArray());
  if (pathname !== '/store') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  response.setHeader('content-type', 'application/xml');
  const number = Number(query.get('partNumber'));
  if (query.has('uploads')) return response.end('<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><UploadId>one</UploadId></InitiateMultipartUploadResult>');
  if (request.method === 'PUT') {
    wire.push(`part ${number} with ${body.length / MiB} MiB`);
    if (number === refused) return response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    parts.set(number, body);
    return response.writeHead(200, { etag: `"${number}"` }).end();
  }
  if (request.method === 'GET') {
    wire.push('ListParts');
    refused = 0;
    return response.end(`<ListPartsResult>${[...parts].map(([n, part]) => `<Part><PartNumber>${n}</PartNumber><ETag>"${n}"</ETag><Size>${part.length}</Size></Part>`).join('')}</ListPartsResult>`);
  }
  object = Buffer.concat([...body.toString().matchAll(/<PartNumber>(\d+)/g)].map(([, n]) => parts.get(Number(n))));
  response.end('<CompleteMultipartUploadResult><Location>http://store/key</Location><Bucket>bucket</Bucket><Key>key</Key><ETag>"x-2"</ETag></CompleteMultipartUploadResult>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const told = await page.evaluate(async () => {
  const MiB = 2 ** 20;
  let partSize = 5 * MiB;
  const bytes = new Uint8Array(12 * MiB);
  for (let i = 0; i < 12; i += 1) bytes.fill(65 + i, i * MiB, (i + 1) * MiB);
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    shouldUseMultipart: true,
    getChunkSize: () => partSize,
    signRequest: async ({ method, uploadId, partNumber }) => {
      const query = uploadId ? { uploadId, ...(partNumber && { partNumber }) } : { uploads: '' };
      return { url: `${location.origin}/store?${new URLSearchParams(query)}`, method };
    },
  });
  const id = uppy.addFile({ name: 'file.bin', data: new Blob([bytes]) });
  const first = await uppy.upload();
  partSize = 6 * MiB;
  const second = await uppy.retryAll();
  return { first: first.failed.length, second: second.successful.length, percentage: uppy.getFile(id).progress.percentage };
});
const content = object ? Array.from({ length: object.length / MiB }, (_, i) => String.fromCharCode(object[i * MiB])).join('') : '';
console.log(`@uppy/aws-s3 6.3.1, Chromium ${browser.version()}: 12 MiB, one letter for each MiB, the part size changes before the retry`);
console.log('guess: ABCDEFGHIJKL');
console.log(`seen:  ${content} (${content.length} MiB), retry: ${told.second} successful, ${told.percentage} %; ${wire.join(', ')}`);
await browser.close();
process.exit(told.first === 1 && told.second === 1 && content === 'ABCDEGHIJKL' ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
