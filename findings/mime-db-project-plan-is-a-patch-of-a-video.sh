#!/usr/bin/env bash
# mime-db 1.54.0 in mime-types 3.0.2 and send 1.2.0 (what Express serves files with), and as copied by mime 4.1.0, mrmime 2.0.1
#
# The type of `plan.mpp` is asked for, the name that every Microsoft Project plan has.
# One would guess: `application/vnd.ms-project`, which has been registered for .mpp since the nineties.
# What happens: all of them say `application/dash-patch+xml`, a list of changes to a video stream in XML, which took the
# extension when it was registered in its turn. `application/vnd.ms-project` is still in the same data with `.mpp` and `.mpt`:
# of the two, the one that wins is not the one that files have. Express, by `send`, serves the compound file as XML.
# Why it matters: an upload whose type is taken from its name is stored and served as XML, which browsers try to read as a
# page; and a route that takes `application/vnd.ms-project` refuses each plan by its name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts mime-types@3.0.2 mime-db@1.54.0 send@1.2.0 mime@4.1.0 mrmime@2.0.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
printf '\320\317\021\340\241\261\032\341' >plan.mpp
cat >run.cjs <<'EOF'
const { createServer } = require('node:http');
const db = require('mime-db');
const mimeTypes = require('mime-types');
const send = require('send');

async function main() {
  const { default: mime } = await import('mime');
  const { lookup } = await import('mrmime');
  for (const name of ['mime-types', 'mime-db', 'send', 'mrmime']) console.log(name, require(`${process.cwd()}/node_modules/${name}/package.json`).version);
  const server = createServer((request, response) => send(request, 'plan.mpp', { root: process.cwd() }).pipe(response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served = (await fetch(`http://127.0.0.1:${server.address().port}/`)).headers.get('content-type');
  server.close();
  const owners = Object.keys(db).filter((type) => db[type].extensions?.includes('mpp'));
  const seen = { 'mime-types': mimeTypes.lookup('plan.mpp'), send: served, mime: mime.getType('plan.mpp'), mrmime: lookup('plan.mpp') };
  console.log('types that have .mpp in mime-db:', owners.join(', '));
  console.log('by guess: application/vnd.ms-project');
  for (const [name, type] of Object.entries(seen)) console.log(`by ${name}: ${type}`);
  process.exitCode = seen['mime-types'] === 'application/dash-patch+xml' && /^application\/dash-patch\+xml/.test(seen.send) ? 0 : 1;
}
main();
EOF
timeout 60 node run.cjs
