#!/usr/bin/env bash
# express-fileupload 1.5.2 with express 5.1.0
#
# A form with a title and a photo is posted. The connection pauses for longer than `uploadTimeout` (60 s by default; 1 s here), as in
# a tunnel, in the middle of the photo. The option is told to be "how long to wait for data before aborting".
# One would guess: the upload ends with an error, or the connection is cut.
# What happens: the timeout takes the photo away and counts the form as read. The route runs, with the title and with `req.files`
# null, or with the files that were whole, and its answer is 200 while the browser has not sent the rest.
# Why it matters: the person reads "done" for a file that is not there. A route can tell by nothing but the missing field, which
# looks as if no photo had been chosen.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts express-fileupload@1.5.2 express@5.1.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import fileUpload from 'express-fileupload';

console.log('express-fileupload 1.5.2, express 5.1.0');
const seen = [];
for (const useTempFiles of [false, true]) {
  const app = express();
  app.use(fileUpload({ useTempFiles, tempFileDir: './temp', uploadTimeout: 1000 }));
  app.post('/', (request, response) => response.send(`title ${request.body.title}, files ${Object.keys(request.files ?? {}).join() || 'none'}`));
  app.use((error, _request, response, _next) => response.status(500).send(error.message));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  for (const pause of [300, 2500]) {
    const head = '--XX\r\nContent-Disposition: form-data; name="title"\r\n\r\nSummer\r\n--XX\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n';
    const photo = Buffer.alloc(1_000_000, 7);
    const tail = '\r\n--XX--\r\n';
    let answer = '';
    const socket = connect(server.address().port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('data', (data) => { answer += data; });
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: ${head.length + photo.length + tail.length}\r\n\r\n${head}`);
    socket.write(photo.subarray(0, 500_000));
    await wait(pause);
    const early = answer !== '';
    if (!early) {
      socket.write(photo.subarray(500_000));
      socket.write(tail);
      await wait(500);
    }
    socket.destroy();
    seen.push(`${answer.slice(9, 12)} "${answer.split('\r\n\r\n')[1]}"${early ? ', before the rest was sent' : ''}`);
    console.log(`guess: ${pause < 1000 ? '200 "title Summer, files photo"' : 'an error'}\nseen:  ${seen.at(-1)} (pause of ${pause} ms, useTempFiles ${useTempFiles})`);
  }
  server.close();
}
const ok = '200 "title Summer, files photo"';
const lost = '200 "title Summer, files none", before the rest was sent';
process.exit(seen.join() === [ok, lost, ok, lost].join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
