#!/usr/bin/env bash
# aws4fetch 1.0.20, in the Node that runs it (its version is printed)
#
# A server or worker hands a stream on to S3: `client.fetch(url, { method: 'PUT', body: stream, duplex: 'half' })`. The client says
# that it tries again up to 10 times after a 5xx or 429. The store answers 503 SlowDown once.
# One would guess: the answer of the store (503), since a stream cannot be sent twice; or a second try.
# What happens: it waits and tries again with the stream that is used up, and throws "Response body object should not be disturbed or
# locked". The store's status and its Retry-After are gone. With a string or bytes the second try works.
# Why it matters: a store that is busy for a second looks like a bug of the app, and code that waits after a 503 never sees one.
# Set `retries: 0` for streams, as better-upload does.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts aws4fetch@1.0.20 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { AwsClient } from 'aws4fetch';

let answers = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    answers += 1;
    response.writeHead(answers === 1 ? 503 : 200, { 'retry-after': '1' }).end();
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const put = (body, options) => {
  answers = 0;
  const client = new AwsClient({ accessKeyId: 'a', secretAccessKey: 'b', service: 's3', region: 'us-east-1', ...options });
  return client.fetch(`http://127.0.0.1:${server.address().port}/bucket/key`, { method: 'PUT', body, duplex: 'half' })
    .then((response) => `status ${response.status}`, (error) => `${error.name}: ${error.message}`);
};
const seen = [
  ['text', await put('hello')],
  ['stream', await put(new Blob(['hello']).stream())],
  ['stream, retries: 0', await put(new Blob(['hello']).stream(), { retries: 0 })],
];
console.log(`aws4fetch 1.0.20, Node ${process.versions.node}: the store answers 503 once`);
console.log('guess: text status 200, stream status 503 or 200');
for (const [how, text] of seen) console.log(`seen:  ${how.padEnd(18)} ${text}`);
process.exit(seen[0][1] === 'status 200' && seen[1][1].startsWith('TypeError') && seen[2][1] === 'status 503' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
