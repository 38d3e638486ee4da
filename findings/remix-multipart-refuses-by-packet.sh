#!/usr/bin/env bash
# @remix-run/multipart-parser 0.16.3 (also as @mjackson/multipart-parser 0.10.1), in the Node that runs it (its version is printed)
#
# A form is posted to a server, and the network cuts it into packets as it likes. A cut falls into the last bytes, "--boundary--" and
# the line break that each browser sends behind it.
# One would guess: the same files, wherever the cuts are.
# What happens: if the line break, or its second half, comes in a packet of its own, the parser throws "Unexpected data after end of
# stream". By then it has handed out all the files, whole.
# Why it matters: now and then an upload fails by its size or by chance, after all of it has arrived, and the same file succeeds when
# somebody looks into it. A handler that has stored the files already answers with an error, so the person sends them again.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @remix-run/multipart-parser@0.16.3 @mjackson/multipart-parser@0.10.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { createServer } from 'node:http';
import { connect } from 'node:net';

const boundary = '----WebKitFormBoundaryAbC123';
const file = Buffer.alloc(1000, 'x');
const body = Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n`), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
const seen = [];
console.log(`Node ${process.version}: one form, and a pause before its last bytes`);
for (const name of ['@remix-run/multipart-parser', '@mjackson/multipart-parser']) {
  const { parseMultipartStream } = await import(name);
  for (const last of [0, 1, 2, 3, 4, 30]) {
    const told = new Promise((resolve) => {
      const server = createServer(async (request, response) => {
        let files = 0;
        try {
          for await (const part of parseMultipartStream(ReadableStream.from(request), { boundary })) if (part.size === file.length) files += 1;
          resolve(`${files} file`);
        } catch (error) {
          resolve(`${files} file, then: ${error.message}`);
        }
        response.end();
        server.close();
      });
      server.listen(0, '127.0.0.1', () => {
        const socket = connect(server.address().port, '127.0.0.1');
        socket.setNoDelay(true);
        socket.on('error', () => {});
        socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`);
        socket.write(body.subarray(0, body.length - last));
        setTimeout(() => socket.write(body.subarray(body.length - last)), 100);
      });
    });
    seen.push(await told);
    console.log(`guess: 1 file\nseen:  ${seen.at(-1)} (${name}, the last ${last} bytes in a packet of their own)`);
  }
}
const bad = '1 file, then: Unexpected data after end of stream';
process.exit(seen.join() === Array(2).fill(['1 file', bad, bad, '1 file', '1 file', '1 file']).flat().join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
