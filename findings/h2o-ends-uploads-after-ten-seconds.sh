#!/usr/bin/env bash
# H2O 2.2.5 (Debian 12: h2o 2.2.5+dfsg2-7), as a reverse proxy over HTTP/1.1
#
# H2O hands uploads to a store, with the settings that it has by itself. A file goes up at a steady 100 kB a second, without a pause.
# One would guess: time limits for bodies count silence, as nginx and HAProxy have them; so any file goes through.
# What happens: `http1-request-timeout`, 10 s by default, is for the whole request with its body. After ten seconds the connection is
# closed without an answer, wherever the upload is, and the store has a piece. What takes nine seconds is stored.
# Why it matters: each file that is large for its line fails, at each try, at the same age, and a page sees a network error that no
# retry heals. Tests on a fast line never meet it. Parts that fit into ten seconds pass.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>"$dir/kill.log" || true; done; rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin
command -v h2o >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends h2o; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
cat >store.mjs <<'EOF'
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';

const store = createServer((request, response) => {
  let size = 0;
  request.on('data', (data) => { size += data.length; });
  request.on('error', () => {});
  request.on('end', () => response.end(`stored ${size}`));
});
const probe = createServer();
store.listen(0, '127.0.0.1', () => probe.listen(0, '127.0.0.1', () => {
  const { port } = probe.address();
  writeFileSync('h2o.conf', `listen: {host: 127.0.0.1, port: ${port}}\nhosts:\n  default:\n    paths:\n      /:\n        proxy.reverse.url: http://127.0.0.1:${store.address().port}/\n`);
  probe.close(() => writeFileSync('port', String(port)));
}));
EOF
cat >upload.mjs <<'EOF'
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const upload = async (seconds) => {
  let answer = '';
  let closed = '';
  const begun = Date.now();
  const socket = connect(Number(process.argv[2]), '127.0.0.1');
  socket.on('error', () => {});
  socket.on('data', (data) => { answer += data; });
  socket.on('close', () => { closed = `closed after ${Math.round((Date.now() - begun) / 1000)} s`; });
  socket.write(`PUT /file HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${seconds * 100_000}\r\n\r\n`);
  for (let i = 0; i < seconds && closed === ''; i++) {
    await wait(i === 0 ? 0 : 1000);
    socket.write(Buffer.alloc(100_000));
  }
  for (let i = 0; i < 20 && closed === '' && !answer.includes('stored'); i++) await wait(100);
  socket.destroy();
  return answer === '' ? `no answer, ${closed}` : `${answer.slice(9, 12)}, ${answer.slice(answer.indexOf('stored'))}`;
};
const seen = await Promise.all([upload(8), upload(15)]);
for (const [i, seconds] of [8, 15].entries()) console.log(`guess: 200, stored ${seconds * 100_000}\nseen:  ${seen[i]} (an upload of ${seconds} s, 100 kB a second)`);
process.exit(seen.join() === '200, stored 800000,no answer, closed after 10 s' ? 0 : 1);
EOF
h2o --version | sed -n 1p
node store.mjs & pids+=($!)
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
h2o -c h2o.conf >h2o.log 2>&1 & pids+=($!)
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$(cat port)") 2>probe.log && break; sleep 0.1; done
timeout 60 node upload.mjs "$(cat port)"
