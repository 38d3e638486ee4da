#!/usr/bin/env bash
# rate-limiter-flexible 11.4.0
#
# An upload server gives each user 100 GiB an hour, a point for each GiB: it consumes the size of a file before it lets the
# upload begin. A user sends 60 GiB, then asks for another file of 60 GiB and is refused.
# One would guess: what was refused costs nothing, so 40 GiB are left, and a file of 1 GiB passes.
# What happens: the refused points are consumed all the same. Nothing passes any more until the hour is over, and each further
# attempt, of any size, is added too.
# Why it matters: points that stand for bytes differ from call to call, unlike logins. One file that is too large locks a
# user out who has room left; a server has to give the points of a refusal back with `reward`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts rate-limiter-flexible@11.4.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { RateLimiterMemory } from 'rate-limiter-flexible';
const gibibytes = new RateLimiterMemory({ points: 100, duration: 3600 });
const ask = (points) => gibibytes.consume('ann', points).then(() => 'passes', () => 'refused');
const seen = [await ask(60), await ask(60), await ask(1)];
const { consumedPoints } = await gibibytes.get('ann');
console.log(`60 GiB ${seen[0]}, 60 GiB ${seen[1]}, 1 GiB ${seen[2]}; counted: ${consumedPoints}`);
JS
echo "rate-limiter-flexible $(node -p "JSON.parse(require('fs').readFileSync('node_modules/rate-limiter-flexible/package.json')).version")"
echo "expected by guess: 60 GiB passes, 60 GiB refused, 1 GiB passes; counted: 61"
seen=$(timeout 60 node run.mjs)
echo "seen:              $seen"
[ "$seen" = "60 GiB passes, 60 GiB refused, 1 GiB refused; counted: 121" ]
