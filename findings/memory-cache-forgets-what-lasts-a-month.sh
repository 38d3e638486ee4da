#!/usr/bin/env bash
# memory-cache 0.2.0, control: lru-cache 11.5.3
#
# A server keeps for 30 days where an unfinished upload is: `cache.put(id, place, 30 * 86_400_000)`.
# One would guess: the place is known for a month; or the number is refused.
# What happens: the entry is removed by a timer. Timers of JavaScript end at 2^31 - 1 ms, which is 24.8 days, and a longer one fires
# after one millisecond. So the place is forgotten at once. A week works, and so do tests with an hour. The control counts by the clock.
# Why it matters: an upload that breaks off is begun anew at zero, and what it left in the store is found by nobody.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts memory-cache@0.2.0 lru-cache@11.5.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import cache from 'memory-cache';

const DAY = 86_400_000;
const other = new LRUCache({ max: 10 });
const after = async (days) => {
  cache.put('id', 'place', days * DAY);
  other.set('id', 'place', { ttl: days * DAY });
  await wait(30);
  return [cache.get('id') ?? 'none', other.get('id') ?? 'none'];
};
const [week, month] = [await after(7), await after(30)];
console.log(`memory-cache 0.2.0, lru-cache 11.5.3, Node ${process.version}`);
console.log(`guess: kept for 30 days, after 30 ms: ${week[0]}`);
console.log(`seen:  kept for 30 days, after 30 ms: ${month[0]}; lru-cache: ${month[1]}; kept for 7 days: ${week.join(', ')}`);
process.exit([...week, ...month].join() === 'place,place,none,place' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
