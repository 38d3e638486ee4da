#!/usr/bin/env bash
# @uppy/core 6.3.1, in jsdom 29.1.1
#
# A unit test renders an uploader in jsdom, destroys its Uppy at the end, and the test runner takes `window` away.
# One would guess: after `uppy.destroy()` nothing of it runs any more.
# What happens: the constructor asks for the state of the network three seconds later, and `destroy()` does not end that timer.
# Where `window` is gone by then, it throws out of a timer, where no test can catch it. With a window it tells `is-online` of an
# Uppy that was destroyed.
# Why it matters: a test run whose tests are green ends red now and then: only where a file of tests ends about three seconds after
# an Uppy was made, so on the busy machine of a CI and not on a developer's. Keep `window`, or the clock, until the runner ends.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 jsdom@29.1.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { once } from 'node:events';
import Uppy from '@uppy/core';
import { JSDOM } from 'jsdom';

console.log('@uppy/core 6.3.1, jsdom 29.1.1: new Uppy(), destroy(), and then nothing');
console.log('guess: nothing happens');

globalThis.window = new JSDOM('', { url: 'http://127.0.0.1/' }).window;
const kept = new Uppy();
const told = once(kept, 'is-online', { signal: AbortSignal.timeout(10_000) });
kept.destroy();
await told;
console.log('seen:  with a window: is-online, of an Uppy that was destroyed');

const error = new Promise((resolve) => process.once('uncaughtException', resolve));
new Uppy().destroy();
delete globalThis.window;
const seen = await Promise.race([error, new Promise((resolve) => setTimeout(resolve, 10_000))]);
console.log(`seen:  without one: uncaught: ${seen?.name}: ${seen?.message}`);
process.exit(seen?.message === 'window is not defined' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
