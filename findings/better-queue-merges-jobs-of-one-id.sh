#!/usr/bin/env bash
# better-queue 3.8.12
#
# Three photos of one person are uploaded, and a job is pushed for each: `queue.push({ id: user.id, file: 'a.jpg' })`. The event "finish" of each
# marks its photo as done.
# One would guess: three jobs; their fields are the app's.
# What happens: a field named `id` is taken for the id of the job, and a job that waits is replaced by a newer one of that id. One job runs, for the
# last photo, and all three pushes are told that they have finished, with its result.
# Why it matters: two photos were never looked at, and are marked as done, with the third one's thumbnail. It happens only while the queue is busy. Give
# each job an id of its own, or `new Queue(work, { id: 'some other field' })`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts better-queue@3.8.12 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { setTimeout as wait } from 'node:timers/promises';
import Queue from 'better-queue';

console.log('better-queue 3.8.12: jobs for a.jpg, b.jpg and c.jpg of user 7');
const seen = [];
for (const field of ['user', 'id']) {
  const made = [];
  const told = [];
  const queue = new Queue((job, done) => {
    made.push(job.file);
    setTimeout(() => done(null, `thumbnail of ${job.file}`), 20);
  });
  for (const file of ['a.jpg', 'b.jpg', 'c.jpg']) queue.push({ [field]: 7, file }).on('finish', (result) => told.push(`${file}: ${result}`));
  await wait(1000);
  seen.push(`made ${made.join(' ')}; told ${told.sort().join(', ')}`);
  console.log(`guess: made a.jpg b.jpg c.jpg; each is told of its own thumbnail\nseen:  ${seen.at(-1)} (the field is named "${field}")`);
}
const each = (name) => ['a.jpg', 'b.jpg', 'c.jpg'].map((file) => `${file}: thumbnail of ${name ?? file}`).join(', ');
process.exit(seen.join('|') === `made a.jpg b.jpg c.jpg; told ${each()}|made c.jpg; told ${each('c.jpg')}` ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
