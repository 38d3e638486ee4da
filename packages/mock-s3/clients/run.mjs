// Runs clients that others wrote against the store, and prints which operations each of them did: client × operation.
// Needs a build (`npm run build`). `--install` lets it install what is missing, as root on Debian.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '../dist/index.js';
import { awsSdk } from './aws-sdk.mjs';
import { boto3 } from './boto3.mjs';
import { rclone } from './rclone.mjs';
import { s3cmd } from './s3cmd.mjs';

const OPERATIONS = ['put', 'get', 'list', 'multipart', 'abort', 'copy', 'presigned', 'delete'];
const CLIENTS = [awsSdk, boto3, s3cmd, rclone];

installMissing();
const folder = await mkdtemp(join(tmpdir(), 'mock-s3-clients-'));
const rows = [];
for (const client of CLIENTS) {
  const version = client.version();
  if (version === undefined) {
    rows.push({ client: client.name, version: 'not installed', results: {} });
    continue;
  }
  const store = await createMockS3({ buckets: ['uploads'] });
  const results = {};
  const steps = client.steps({ store, bucket: 'uploads', folder });
  for (const operation of OPERATIONS) {
    const step = steps[operation];
    results[operation] = step === undefined ? '-' : await attempt(client.name, operation, step);
  }
  await store.close();
  rows.push({ client: client.name, version, results });
}
await rm(folder, { recursive: true, force: true });
print(rows);
const missing = rows.some(({ version }) => version === 'not installed');
if (missing) console.log('Missing clients were passed over; as root on Debian they are installed.');
process.exitCode = rows.some(({ results }) => Object.values(results).includes('FAILED')) ? 1 : 0;

async function attempt(client, operation, step) {
  try {
    await step();
    return 'ok';
  } catch (error) {
    console.error(`${client}: ${operation}: ${error instanceof Error ? error.message : error}`);
    return 'FAILED';
  }
}

function installMissing() {
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!isDebianRoot || CLIENTS.every((client) => client.version() !== undefined)) return;
  const run = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', timeout: 300_000 });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', 's3cmd', 'rclone', 'python3-boto3');
}

function print(table) {
  const name = (row) => `${row.client} ${row.version}`;
  const width = Math.max(...table.map((row) => name(row).length));
  console.log(`| ${'client'.padEnd(width)} | ${OPERATIONS.join(' | ')} |`);
  console.log(`| ${'-'.repeat(width)} | ${OPERATIONS.map((each) => '-'.repeat(each.length)).join(' | ')} |`);
  for (const row of table) {
    const cells = OPERATIONS.map((each) => (row.results[each] ?? '').padEnd(each.length));
    console.log(`| ${name(row).padEnd(width)} | ${cells.join(' | ')} |`);
  }
}
