#!/usr/bin/env bash
# bee-queue 2.0.0, with Debian's redis-server (its version is printed)
#
# A worker makes thumbnails of uploads. The store may be away for a moment, so each job is to be tried again a little later:
# `queue.createJob(upload).retries(2).backoff('fixed', 200)`.
# One would guess: the job runs again after 200 ms; without `backoff` it does so at once.
# What happens: it fails once, "retrying" is emitted on the job and on the queue, and that is the end: it lies among the delayed jobs for ever, neither
# done nor failed. Delayed jobs are looked at only by a queue that was made with `activateDelayedJobs: true`, and the default is false;
# neither `backoff` nor `delayUntil` says so.
# Why it matters: whatever failed once is never made, although everybody was told of a retry, and no list of failures shows it.
set -euo pipefail
dir=$(mktemp -d)
redis=
trap '[ -z "$redis" ] || kill "$redis"; rm -rf "$dir"' EXIT
command -v redis-server >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends redis-server; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts bee-queue@2.0.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
redis-server --version | cut -d' ' -f1-3
redis-server --port 0 --unixsocket "$dir/redis.sock" --save '' --dir "$dir" >redis.log 2>&1 &
redis=$!
for _ in $(seq 100); do [ -S redis.sock ] && break; sleep 0.1; done
cat >run.mjs <<'EOF'
import { setTimeout as wait } from 'node:timers/promises';
import Queue from 'bee-queue';

const seen = [];
console.log('bee-queue 2.0.0: a job that fails, retries(2), backoff fixed, 200 ms; looked at after 3 s');
for (const [name, options, backoff] of [['default', {}, true], ['activated', { activateDelayedJobs: true }, true], ['at once', {}, false]]) {
  const queue = new Queue(`thumbnails ${name}`, { redis: { path: './redis.sock' }, ...options });
  let runs = 0;
  let told = 0;
  queue.on('retrying', () => { told += 1; });
  queue.process(async () => { runs += 1; throw new Error('the store is away'); });
  const job = queue.createJob({}).retries(2);
  await (backoff ? job.backoff('fixed', 200) : job).save();
  await wait(3000);
  const { delayed, failed } = await queue.checkHealth();
  seen.push(`${runs} run(s), "retrying" ${told} time(s), ${delayed} delayed, ${failed} failed`);
  console.log(`guess: 3 run(s), "retrying" 2 time(s), 0 delayed, 1 failed\nseen:  ${seen.at(-1)} (${name})`);
  await queue.close(1000);
}
const right = '3 run(s), "retrying" 2 time(s), 0 delayed, 1 failed';
process.exit(seen.join() === ['1 run(s), "retrying" 1 time(s), 1 delayed, 0 failed', right, right].join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
