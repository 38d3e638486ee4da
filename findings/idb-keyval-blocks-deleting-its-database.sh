#!/usr/bin/env bash
# idb-keyval 6.3.0 with fake-indexeddb 6.2.5, in the Node that runs it (its version is printed)
#
# A page keeps what it needs to continue uploads in IndexedDB, through `createStore('uploads', 'records')`. At log-out the app
# deletes the database, so that the next person at this computer sees none of it: `indexedDB.deleteDatabase('uploads')`.
# One would guess: the library, which has no call to close a store, closes its connection when the database is to be deleted
# (`versionchange`), and opens it again when it is needed.
# What happens: it keeps the connection open. The deletion is `blocked` until every page of the origin is closed, and what is asked
# of the store after that waits behind it: here a `get` that never answers.
# Why it matters: the private names stay on the disk, and each new page that looks for unfinished uploads hangs. Give idb-keyval a
# store of your own (a function that opens the transaction), whose connection closes on `versionchange`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts idb-keyval@6.3.0 fake-indexeddb@6.2.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import 'fake-indexeddb/auto';
import { createStore, get, set } from 'idb-keyval';

const within = (promise) =>
  Promise.race([promise.then((value) => `answers ${value}`), new Promise((resolve) => setTimeout(resolve, 1_000, 'no answer in 1 s'))]);
const remove = () =>
  new Promise((resolve) => {
    const deleting = indexedDB.deleteDatabase('uploads');
    deleting.onsuccess = () => resolve('deleted');
    deleting.onblocked = () => resolve('blocked');
  });

const store = createStore('uploads', 'records');
await set('a', 'film.mp4', store);
const deleting = await remove();
// Another page of the same app.
const next = await within(get('a', createStore('uploads', 'records')));

// The same with a store whose connection closes when it is asked to.
const opening = indexedDB.open('others');
opening.onupgradeneeded = () => opening.result.createObjectStore('records');
await new Promise((resolve) => (opening.onsuccess = resolve));
opening.result.onversionchange = () => opening.result.close();
const own = (mode, work) => work(opening.result.transaction('records', mode).objectStore('records'));
await set('a', 'film.mp4', own);
const ownDeleting = await new Promise((resolve) => {
  const request = indexedDB.deleteDatabase('others');
  request.onsuccess = () => resolve('deleted');
  request.onblocked = () => resolve('blocked');
});
console.log(`idb-keyval 6.3.0, fake-indexeddb 6.2.5, Node ${process.versions.node}: deleteDatabase() after one set()`);
console.log('guess: createStore: deleted');
console.log(`seen:  createStore: ${deleting}, then get() of another page: ${next}; a store of one's own: ${ownDeleting}`);
process.exit(deleting === 'blocked' && next === 'no answer in 1 s' && ownDeleting === 'deleted' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
