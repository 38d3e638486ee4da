#!/usr/bin/env bash
# rate-limiter-flexible 11.4.0, hono-rate-limiter 0.5.4 (with hono 4.13.19), memory-cache 0.2.0; controls: @fastify/rate-limit 11.2.0,
# express-rate-limit 8.7.5
#
# An upload server gives each user three large films a month, and counts in memory: `duration: 30 * 86_400` or `windowMs` of 30
# days. Another keeps for 30 days where an unfinished upload is: `cache.put(id, place, 30 * 86_400_000)`.
# One would guess: the fourth film is refused, and the place is known for a month; or the number is refused.
# What happens: the count, or the entry, is removed by a timer. Timers of JavaScript end at 2^31 - 1 ms, which is 24.8 days, and a
# longer one fires after one millisecond. So the count starts anew with every film, and the place is forgotten at once. A week works.
# Why it matters: a quota that worked in tests with an hour refuses nobody, and says "2 left" each time. One control counts by the
# clock and is right, one says that the number is too large.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts rate-limiter-flexible@11.4.0 hono-rate-limiter@0.5.4 hono@4.13.19 memory-cache@0.2.0 fastify@5.12.8 @fastify/rate-limit@11.2.0 express-rate-limit@8.7.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { setTimeout as wait } from 'node:timers/promises';
import limitOfFastify from '@fastify/rate-limit';
import { rateLimit } from 'express-rate-limit';
import fastify from 'fastify';
import { Hono } from 'hono';
import { rateLimiter } from 'hono-rate-limiter';
import cache from 'memory-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const DAY = 86_400_000;
const six = async (ask) => {
  const seen = [];
  for (let i = 0; i < 6; i += 1) {
    seen.push(await ask());
    await wait(30);
  }
  return seen.join(' ');
};
const ways = {
  async 'rate-limiter-flexible'(days) {
    const limiter = new RateLimiterMemory({ points: 3, duration: (days * DAY) / 1000 });
    return six(() => limiter.consume('ann').then(() => 200, () => 429));
  },
  async 'hono-rate-limiter'(days) {
    const app = new Hono();
    app.use(rateLimiter({ windowMs: days * DAY, limit: 3, keyGenerator: () => 'ann' }));
    app.put('/', (context) => context.text(''));
    return six(async () => (await app.request('/', { method: 'PUT' })).status);
  },
  async '@fastify/rate-limit'(days) {
    const app = fastify();
    await app.register(limitOfFastify, { max: 3, timeWindow: days * DAY });
    app.put('/', () => '');
    return six(async () => (await app.inject({ method: 'PUT', url: '/' })).statusCode);
  },
  async 'memory-cache'(days) {
    cache.put('id', 'place', days * DAY);
    return six(() => cache.get('id') ?? 'none');
  },
};
const refused = [];
const { error } = console;
console.error = (...told) => refused.push(String(told[0]?.message ?? told[0]));
rateLimit({ windowMs: 30 * DAY, limit: 3 });
console.error = error;
const all = [];
console.log(`rate-limiter-flexible 11.4.0, hono-rate-limiter 0.5.4, memory-cache 0.2.0, Node ${process.version}`);
for (const [name, way] of Object.entries(ways)) {
  const [week, month] = [await way(7), await way(30)];
  all.push(`${name}: ${week} / ${month}`);
  console.log(`guess: ${name}, 30 days: ${week}\nseen:  ${name}, 30 days: ${month}`);
}
console.log(`seen:  express-rate-limit, 30 days, to the console: ${refused[0]}`);
const [good, open] = ['200 200 200 429 429 429', '200 200 200 200 200 200'];
const kept = Array(6).fill('place').join(' ');
const expected = [`rate-limiter-flexible: ${good} / ${open}`, `hono-rate-limiter: ${good} / ${open}`, `@fastify/rate-limit: ${good} / ${good}`, `memory-cache: ${kept} / place ${Array(5).fill('none').join(' ')}`];
process.exit(all.join() === expected.join() && /2147483647/.test(refused[0] ?? '') ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
