// The kernel's TCP between namespaces: a store 20 ms away and one 200 ms away that loses 0.3 % of the packets, both at 100 Mbit/s. How
// long files take with both as regions, with the far one alone and with the near one alone: `npm run bench:region-link [runs] [MiB,…]`.
// As root.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  allowCubic,
  compile,
  conversation,
  removeAbandoned,
  shapeArguments,
  whyNoKernelLink,
} from '../bench/dist/link/kernel-link.js';

const MiB = 1024 * 1024;
const runs = Number(process.argv[2] ?? 3);
const sizes = (process.argv[3] ?? '1,24').split(',').map((size) => Number(size) * MiB);
const why = whyNoKernelLink();
if (why !== undefined) throw new Error(`There is no kernel link here: ${why}.`);
const SHAPES = {
  near: { rate: 100e6, roundTrip: 20 },
  far: { rate: 100e6, roundTrip: 200, loss: 0.003 },
};
const ip = (...args) => execFileSync('ip', args, { encoding: 'utf8' });
const source = (name) => fileURLToPath(new URL(`src/${name}`, import.meta.url));
const client = `portage-bench-${process.pid}-client`;
const namespaces = [client];
const children = [];
const folder = await mkdtemp(join(tmpdir(), 'region-link-'));

async function startStore(name, host) {
  const args = ['netns', 'exec', `portage-bench-${process.pid}-${name}`, process.execPath, source('region-store.mjs')];
  const child = spawn('ip', [...args, '0', join(folder, name), '0', host], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(line);
}

try {
  removeAbandoned();
  allowCubic();
  ip('netns', 'add', client);
  ip('-n', client, 'link', 'set', 'lo', 'up');
  const stores = {};
  for (const [index, [name, shape]] of Object.entries(SHAPES).entries()) {
    const namespace = `portage-bench-${process.pid}-${name}`;
    namespaces.push(namespace);
    ip('netns', 'add', namespace);
    const device = `wire${index}`;
    const wire = spawn(compile(), [client, namespace, device, '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(wire);
    const ask = await conversation(wire);
    await ask(`both stall=0 ${shapeArguments(shape)}`);
    for (const [where, end] of [
      [client, 2],
      [namespace, 1],
    ]) {
      ip('-n', where, 'link', 'set', 'lo', 'up');
      ip('-n', where, 'link', 'set', device, 'mtu', '1500', 'txqueuelen', '10000', 'up');
      ip('-n', where, 'addr', 'add', `10.77.${index + 1}.${end}/24`, 'dev', device);
      for (const setting of ['congestion_control cubic', 'no_metrics_save 1']) {
        const [path, value] = setting.split(' ');
        ip('netns', 'exec', where, 'sh', '-c', `echo ${value} > /proc/sys/net/ipv4/tcp_${path}`);
      }
    }
    stores[name] = await startStore(name, `10.77.${index + 1}.1`);
  }
  const { near, far } = stores;
  // The far one is named first: the server knows nothing, and the page finds out.
  const ways = { regions: { far, near }, near: { near }, far: { far } };
  const times = new Map();
  for (let run = 0; run < runs; run += 1)
    for (const [way, of] of Object.entries(ways)) {
      const args = [
        'netns',
        'exec',
        client,
        process.execPath,
        source('region-upload.mjs'),
        JSON.stringify({ stores: of, sizes }),
      ];
      const results = JSON.parse(
        execFileSync('ip', args, { encoding: 'utf8', maxBuffer: 1e7 }).trim().split('\n').at(-1),
      );
      for (const { size, at, seconds, region } of results) {
        if (at !== 'complete') throw new Error(`${way}: ${at}`);
        const key = `${way} ${size / MiB}`;
        times.set(key, [...(times.get(key) ?? []), seconds]);
        console.log(`${way}: ${size / MiB} MiB in ${seconds.toFixed(2)} s${region ? `, ${region}` : ''}`);
      }
    }
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  for (const size of sizes.map((size) => size / MiB)) {
    const [both, alone, distant] = ['regions', 'near', 'far'].map((way) => median(times.get(`${way} ${size}`)));
    console.log(
      `${size} MiB, medians of ${runs}: regions ${both.toFixed(2)} s, near alone ${alone.toFixed(2)} s, far alone ${distant.toFixed(2)} s: ` +
        `${(distant / both).toFixed(2)} × as fast as far alone, ${(((both - alone) / alone) * 100).toFixed(1)} % slower than near alone`,
    );
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
  for (const name of namespaces) ip('netns', 'del', name);
  await rm(folder, { recursive: true, force: true });
}
