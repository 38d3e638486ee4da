// How fast the store takes uploads on loopback, and how much memory it needs: one connection, then six, 1 GiB each.
// Needs a build. The store is a process of its own; the client sends the same bytes again and again.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { CREDENTIALS, startStore } from '../soak/store-process.mjs';

const MiB = 1024 * 1024;
const SIZE = 1024 * MiB;
const PIECE = Buffer.alloc(MiB, 'portage');

for (const connections of [1, 6]) {
  const dataDir = await mkdtemp(join(tmpdir(), 'mock-s3-bench-'));
  const store = await startStore(dataDir);
  const started = performance.now();
  const share = Math.ceil(SIZE / MiB / connections);
  await Promise.all(Array.from({ length: connections }, (_, n) => put(store, `object-${n}`, share)));
  const seconds = (performance.now() - started) / 1000;
  const memory = await peakMemory(store.pid);
  console.log(
    `${connections} connections: ${Math.round((share * connections) / seconds)} MiB/s, peak memory ${memory}`,
  );
  await store.kill();
  await rm(dataDir, { recursive: true, force: true });
}

/** Puts an object of so many MiB. */
async function put({ endpoint }, key, count) {
  const url = `${endpoint}/soak/${key}?X-Amz-Expires=600`;
  const signer = new AwsV4Signer({
    ...CREDENTIALS,
    service: 's3',
    region: 'us-east-1',
    method: 'PUT',
    url,
    signQuery: true,
  });
  const signed = await signer.sign();
  const sent = request(signed.url, { method: 'PUT', headers: { 'content-length': count * MiB }, agent: false });
  const answered = once(sent, 'response');
  for (let n = 0; n < count; n++) if (!sent.write(PIECE)) await once(sent, 'drain');
  sent.end();
  const [answer] = await answered;
  if (answer.statusCode !== 200) throw new Error(`The store answered ${answer.statusCode}.`);
  answer.resume();
}

/** The most memory that a process had; only Linux tells. */
async function peakMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
  return Number.isNaN(kilobytes) ? 'unknown' : `${Math.round(kilobytes / 1024)} MiB`;
}
