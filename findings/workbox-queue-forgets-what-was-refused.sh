#!/usr/bin/env bash
# workbox-background-sync 7.4.1 with fake-indexeddb 6.2.5, in the Node that runs it (its version is printed)
#
# A service worker keeps uploads that were made without a network in Workbox's queue, and sends them by `replayRequests()` when it is
# back. The store, to which all come back at the same moment, answers 503, "slow down".
# One would guess: what was not stored stays in the queue, for its 24 hours or whatever was set, as with a network that fails again.
# What happens: any answer counts as sent. The queue is empty afterwards, it says that all requests "have successfully replayed", and
# the promise resolves. 401 and 403 (a signature or a session that has ended meanwhile, as they do in a tunnel) count as sent too.
# Why it matters: the uploads are gone from the device and are nowhere else. Give the queue an `onSync` of your own that looks at
# `response.ok`, and puts the request back (`unshiftRequest`).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts workbox-background-sync@7.4.1 fake-indexeddb@6.2.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import 'fake-indexeddb/auto';
import { createServer } from 'node:http';

// The little of a service worker that the queue wants.
Object.assign(globalThis, { self: globalThis, registration: {}, location: new URL('http://localhost/'), addEventListener() {} });
for (const level of ['debug', 'log', 'groupCollapsed', 'groupEnd', 'warn']) globalThis.console[level === 'log' ? 'debug' : level] = () => {};
const { Queue } = await import('workbox-background-sync/Queue.js');
let status = 503;
const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(status).end()));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const log = console.info;
log(`workbox-background-sync 7.4.1, Node ${process.version}: two uploads are queued and sent`);
const seen = [];
for (const [answer, url] of [[503, server.address().port], [403, server.address().port], ['no network', 9]]) {
  status = answer;
  const queue = new Queue(`uploads ${answer}`);
  for (const name of ['a', 'b']) await queue.pushRequest({ request: new Request(`http://127.0.0.1:${url}/${name}`, { method: 'PUT', body: 'a photo' }) });
  const end = await queue.replayRequests().then(() => 'resolves', () => 'rejects');
  seen.push(`${await queue.size()} left, ${end}`);
  log(`guess: 2 left, rejects\nseen:  ${seen.at(-1)} (the answer is ${answer})`);
}
process.exit(seen.join() === '0 left, resolves,0 left, resolves,2 left, rejects' ? 0 : 1);
EOF
NODE_ENV=production timeout 60 node --no-warnings run.mjs
