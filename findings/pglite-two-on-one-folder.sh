#!/usr/bin/env bash
# @electric-sql/pglite 0.5.16
#
# Two processes, or two modules of one server, open PGlite on the same data folder, for example a web server and a worker that
# share a queue of uploads.
# One would guess: the second is refused, as PostgreSQL refuses a folder that another server uses (postmaster.pid).
# What happens: both open. Each sees only its own rows, both may insert the same primary key, and each insert is acknowledged.
# After both have closed, only what one of them wrote is there.
# Why it matters: jobs and upload records that were committed are gone, without an error on either side. One process must own
# the folder (pglite-socket, or a lock of one's own).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.16 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >owner.mjs <<'EOF'
import { PGlite } from '@electric-sql/pglite';

const db = await PGlite.create('./data');
process.send('open');
process.on('message', async (sql) => {
  if (sql === 'close') {
    await db.close();
    process.disconnect();
  } else {
    process.send(await db.query(sql).then((result) => (result.rows.length > 0 ? JSON.stringify(result.rows) : `ok, ${result.affectedRows}`), (error) => `refused: ${error.message}`));
  }
});
EOF
cat >run.mjs <<'EOF'
import { fork } from 'node:child_process';
import { once } from 'node:events';

async function open() {
  const child = fork('./owner.mjs', { execArgv: ['--no-warnings'] });
  const answer = async () => (await once(child, 'message'))[0];
  await answer();
  return {
    ask: (sql) => { child.send(sql); return answer(); },
    close: async () => { child.send('close'); await once(child, 'exit'); },
  };
}
const first = await open();
await first.ask('create table uploads (id int primary key, writer text)');
await first.close();

const [a, b] = [await open(), await open()];
const said = [];
for (const id of [1, 2]) said.push(await a.ask(`insert into uploads values (${id}, 'a')`), await b.ask(`insert into uploads values (${id}, 'b')`));
await a.close();
await b.close();
const last = await open();
const left = await last.ask('select * from uploads order by id');
await last.close();
console.log('PGlite 0.5.16: processes a and b on one folder, each inserts the ids 1 and 2');
console.log('guess: b cannot open the folder, or its inserts are refused');
console.log(`seen:  both open; inserts: ${said.join('; ')}; left: ${left}`);
const writers = new Set(JSON.parse(left).map((row) => row.writer));
process.exit(said.every((text) => text === 'ok, 1') && JSON.parse(left).length === 2 && writers.size === 1 ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
