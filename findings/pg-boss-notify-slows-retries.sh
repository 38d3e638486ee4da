#!/usr/bin/env bash
# pg-boss 12.38.0 on @electric-sql/pglite 0.5.16
#
# A worker makes thumbnails of uploads. The store was away for a moment, so a job fails, and its queue says `retryDelay: 1`.
# To have new uploads seen at once, `useListenNotify` and `notify: true` are turned on as well.
# One would guess: the second attempt comes after one second, with notices as without them, or sooner.
# What happens: without notices it comes after a second or two. With them, the worker looks by itself only every 30 seconds
# (`notifyPollingIntervalSeconds`), and nobody is notified of a retry: the option that makes first attempts fast makes second
# ones slow, whatever `pollingIntervalSeconds` says.
# Why it matters: after a hiccup of a second, a person waits half a minute for a thumbnail. Set `notifyPollingIntervalSeconds`, too.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@12.38.0 @electric-sql/pglite@0.5.16 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { PGlite } from '@electric-sql/pglite';
import { fromPglite, PgBoss } from 'pg-boss';

/** Seconds from the first attempt, which fails, to the second. */
async function waited(notify) {
  const pg = await PGlite.create();
  const boss = new PgBoss({ db: fromPglite(pg), backend: 'pglite', supervise: false, schedule: false, useListenNotify: notify });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('thumbnails', { notify, retryDelay: 1, retryLimit: 1 });
  const attempts = [];
  const second = new Promise((resolve) =>
    boss.work('thumbnails', { pollingIntervalSeconds: 1 }, async () => {
      attempts.push(performance.now());
      if (attempts.length === 1) throw new Error('the store was away for a moment');
      resolve();
    }),
  );
  await boss.send('thumbnails', { key: 'a.jpg' });
  await second;
  await boss.stop({ graceful: false });
  await pg.close();
  return (attempts[1] - attempts[0]) / 1000;
}
const [without, notified] = [await waited(false), await waited(true)];
console.log('pg-boss 12.38.0, PGlite 0.5.16: a job fails once, retryDelay is 1 s, pollingIntervalSeconds is 1');
console.log('guess: the second attempt comes a second or two later, with notices as without');
console.log(`seen:  ${without.toFixed(1)} s later without notices, ${notified.toFixed(1)} s later with them`);
process.exit(without < 10 && notified > 20 ? 0 : 1);
EOF
timeout 170 node --no-warnings run.mjs
