// `npm run bench:crowd [folder]`: 10, 100 and 1,000 uploads at once before one server, and 300 before two of which one is
// killed half-way; JSON and a Markdown table into the folder. Ends with an error where an upload was lost or an object is
// not what was sent. Orphans are multipart uploads that a create call made whose response was lost: the store's clean-up takes
// them. Latencies are of calls that were answered; one that came to nothing is asked again and counts anew. Times are
// wall-clock: run it on an idle machine. `CROWD=10,100` picks sizes of the crowd.
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crowd } from './src/crowd.mjs';

const folder = process.argv[2] ?? join(tmpdir(), 'portage-crowd');
const sizes = (process.env.CROWD ?? '10,100,1000').split(',').map(Number);
const runs = sizes.map((uploads) => ({ uploads, within: uploads >= 1_000 ? 360 : 90 }));
if (!process.env.CROWD) runs.push({ uploads: 300, servers: 2, kill: true, most: 30e6, within: 120 });

const results = [];
for (const options of runs) {
  const result = await crowd(options);
  results.push(result);
  console.log(row(result));
  for (const line of result.wrong.slice(0, 10)) console.log(`  ${line}`);
}

const HEAD = [
  '| uploads | servers | data | right | orphans | attempts (failed) | time | server CPU | server RSS | create p50 / p99 | sign p50 / p99 | complete p50 / p99 |',
  '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
];
const table = [...HEAD, ...results.map(row)].join('\n');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'crowd.json'), `${JSON.stringify(results, undefined, 2)}\n`);
writeFileSync(join(folder, 'crowd.md'), `${table}\n`);
console.log(`\n${table}\n\nIn ${folder}: crowd.json, crowd.md`);
process.exit(results.every(({ uploads, right }) => right === uploads) ? 0 : 1);

function row(result) {
  const { uploads, servers, killed, bytes, right, unfinished, attempts, failedAttempts, seconds } = result;
  const cells = [
    uploads,
    killed ? `${servers}, one killed` : servers,
    `${(bytes / 2 ** 20).toFixed(0)} MiB`,
    right,
    unfinished,
    `${attempts} (${failedAttempts})`,
    `${seconds.toFixed(1)} s`,
    result.serverCpuSeconds.map((cpu) => `${cpu.toFixed(1)} s`).join(' + '),
    result.serverRss.map((rss) => `${(rss / 2 ** 20).toFixed(0)} MiB`).join(' + '),
    ...['create', 'sign', 'complete'].map((step) => latency(result[step])),
  ];
  return `| ${cells.join(' | ')} |`;
}

function latency({ calls, p50, p99 }) {
  return calls === 0 ? '–' : `${p50.toFixed(0)} / ${p99.toFixed(0)} ms (${calls})`;
}
