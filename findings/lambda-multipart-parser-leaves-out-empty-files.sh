#!/usr/bin/env bash
# lambda-multipart-parser 1.0.1, control: busboy 1.6.0
#
# A folder is posted to a function (AWS Lambda behind API Gateway): three files, one of them empty (.gitkeep, __init__.py, a new
# log).
# One would guess: three files, one with no bytes.
# What happens: two. A file of which no bytes came is left out, and nothing tells that there was a third.
# Why it matters: the function answers with 200 and a list that is one short, and code that pairs the files with the fields of the
# form by their order (`files[i]`, `titles[i]`) gives the following files the wrong titles.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts lambda-multipart-parser@1.0.1 busboy@1.6.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import busboy from 'busboy';
import parser from 'lambda-multipart-parser';

const form = new FormData();
for (const [name, text] of [['first.txt', 'one'], ['__init__.py', ''], ['second.txt', 'two']]) form.append('files', new Blob([text]), name);
const request = new Request('http://localhost/', { method: 'POST', body: form });
const headers = { 'content-type': request.headers.get('content-type') };
const body = Buffer.from(await request.arrayBuffer());
const { files } = await parser.parse({ headers, body: body.toString('base64'), isBase64Encoded: true });
const control = [];
await new Promise((resolve, reject) => {
  const parse = busboy({ headers }).on('file', (_field, stream, { filename }) => { control.push(filename); stream.resume(); }).on('close', resolve).on('error', reject);
  parse.end(body);
});
const seen = files.map((file) => file.filename).join(', ');
console.log('lambda-multipart-parser 1.0.1, busboy 1.6.0');
console.log('guess: first.txt, __init__.py, second.txt');
console.log(`seen:  ${seen} (busboy: ${control.join(', ')})`);
process.exit(seen === 'first.txt, second.txt' && control.length === 3 ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
