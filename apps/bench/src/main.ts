// `npm run bench`: measures, prints the report, and keeps it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bench } from './bench.ts';
import { readOptions, USAGE } from './options.ts';
import { toChart } from './report/chart.ts';
import { chartName, toMarkdown } from './report/markdown.ts';
import { spawnServers } from './server/servers.ts';

const args = process.argv.slice(2);
const options = read();

const report = await bench({
  ...options,
  command: ['npm run bench --', ...args].join(' '),
  startServers: spawnServers,
  ceilings: true,
  log: console.log,
});

await mkdir(options.out, { recursive: true });
await writeFile(join(options.out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
const markdown = toMarkdown(report);
await writeFile(join(options.out, 'report.md'), `${markdown}\n`);
for (const scenario of report.scenarios) {
  const chart = toChart(scenario, report.runs);
  if (chart) await writeFile(join(options.out, chartName(scenario)), chart);
}
console.log(`\n${markdown}\n\nKept in ${options.out}`);
process.exitCode = report.runs.some(({ error }) => error !== undefined) ? 1 : 0;

function read() {
  try {
    return readOptions(args, join(import.meta.dirname, '../results'));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}
