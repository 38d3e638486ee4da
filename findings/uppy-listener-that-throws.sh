#!/usr/bin/env bash
# @uppy/core 6.3.1 with @uppy/xhr-upload 6.0.0 and @uppy/aws-s3 6.3.1, in Chromium (its version is printed; playwright-core 1.64.1)
#
# An app listens to `upload-success`, and its listener throws: a field of the answer is missing, a state setter is gone.
# One would guess: an error on the console. The file is stored and stays so.
# What happens: the error travels into the uploader, which takes it for the upload's. The file that the server has stored is
# marked as failed, and its message is the text of the app's bug. "Retry" then finds it complete, sends nothing, and reports
# success.
# Why it matters: people read "Cannot read properties of undefined" for a file that has arrived, and pick it again. The app's own
# count of failures is wrong too. Wrap each listener of `upload-success` and `upload-progress`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export BROWSER_EXECUTABLE=${BROWSER_EXECUTABLE:-$(command -v chromium-headless-shell || true)}
if [ -z "$BROWSER_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y chromium-headless-shell; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  BROWSER_EXECUTABLE=$(command -v chromium-headless-shell)
fi
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 @uppy/xhr-upload@6.0.0 @uppy/aws-s3@6.3.1 esbuild@0.28.2 playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';

const contents = `import Uppy from '@uppy/core'; import AwsS3 from '@uppy/aws-s3'; import XHRUpload from '@uppy/xhr-upload'; Object.assign(window, { Uppy, AwsS3, XHRUpload });`;
const script = buildSync({ stdin: { contents, resolveDir: '.' }, bundle: true, write: false, platform: 'browser' }).outputFiles[0].text;
let stored = 0;
const server = createServer(async (request, response) => {
  await request.toArray();
  if (request.url === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>');
  stored += 1;
  response.writeHead(200, { 'content-type': 'application/json', etag: '"one"' }).end('{"url":"/file"}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.BROWSER_EXECUTABLE, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.addScriptTag({ content: script });
console.log(`Uppy 6.3.1, Chromium ${browser.version()}: a listener of upload-success throws "a bug in the app" once`);
console.log('guess: successful');
let same = true;
for (const plugin of ['XHRUpload', 'AwsS3']) {
  stored = 0;
  const told = await page.evaluate(async (name) => {
    const uppy = new Uppy();
    if (name === 'AwsS3') uppy.use(AwsS3, { signRequest: async () => ({ url: `${location.origin}/store` }) });
    else uppy.use(XHRUpload, { endpoint: '/store' });
    let calls = 0;
    uppy.on('upload-success', () => {
      calls += 1;
      if (calls === 1) throw new Error('a bug in the app');
    });
    uppy.addFile({ name: 'file.txt', data: new Blob(['hello']) });
    const first = await uppy.upload();
    const retry = await uppy.retryAll();
    return { failed: first.failed.map((file) => file.error), retried: retry.successful.length };
  }, plugin);
  console.log(`seen:  ${plugin}: failed with ${JSON.stringify(told.failed)}; after Retry: ${told.retried} successful; requests that the server stored: ${stored}`);
  same &&= told.failed[0] === 'a bug in the app' && told.retried === 1 && stored === 1;
}
await browser.close();
process.exit(same ? 0 : 1);
EOF
timeout 120 node --no-warnings run.mjs
