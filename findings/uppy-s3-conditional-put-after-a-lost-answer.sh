#!/usr/bin/env bash
# @uppy/core 6.3.1 and @uppy/aws-s3 6.3.1, in Chromium (its version is printed; driven by playwright-core 1.64.1)
#
# An app signs single PUTs with `If-None-Match: *`, so that no upload replaces a file. The store takes the file, and its answer
# is lost on the way back: a tunnel, a change of network.
# One would guess: the retry finds the file stored, or sends it again, and either is a success.
# What happens: the retry meets its own object, and the store answers 412. The file counts as failed, at each further retry too,
# for as long as its object is there, although every byte arrived the first time.
# Why it matters: the condition that protects files turns each lost answer into a failure that no retry can heal. Who sends
# conditional PUTs has to know that a 412 after a lost answer may be the own object, and that a 412 before is not.
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

// The store: one key, which nobody may replace. The answer to the first PUT is lost.
let object;
const wire = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  if (request.method !== 'PUT') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  if (object && request.headers['if-none-match'] === '*') {
    wire.push('412');
    return response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
  }
  object = body;
  wire.push('stored, answer lost');
  request.socket.resetAndDestroy();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
const told = await page.evaluate(async () => {
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    shouldUseMultipart: false,
    signRequest: async () => ({ url: `${location.origin}/store`, headers: { 'If-None-Match': '*' } }),
  });
  const id = uppy.addFile({ name: 'file.txt', data: new Blob(['all of it']) });
  await uppy.upload();
  const retries = [];
  for (let times = 0; times < 3; times += 1) retries.push((await uppy.retryAll()).failed.length);
  return { failed: retries.every((failed) => failed === 1), error: uppy.getFile(id).error };
});
console.log(`@uppy/aws-s3 6.3.1, Chromium ${browser.version()}: a PUT with If-None-Match whose answer is lost, then three retries`);
console.log('guess: a retry succeeds, the file is stored');
console.log(`seen:  stored "${object}"; ${told.failed ? 'every retry failed' : 'a retry went well'}: ${told.error}; ${wire.join(', ')}`);
await browser.close();
server.close();
process.exit(String(object) === 'all of it' && told.failed && wire[0] !== '412' && wire.at(-1) === '412' ? 0 : 1);
EOF
timeout 240 node --no-warnings run.mjs
