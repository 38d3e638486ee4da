// Kills workers at random moments while they work on jobs, and looks at what is in the store: every variant once, whole and right?
// `node bench/kills.mjs [jobs] [kills]`: one worker with the embedded queue; with DATABASE_URL two on that PostgreSQL. SEED repeats one.
// Run by src/kills.test.ts, which brings a PostgreSQL. Needs `tsc --build`.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';

const [jobs = '500', kills = '40'] = process.argv.slice(2);
const { DATABASE_URL: url } = process.env;
const seed = Number(process.env.SEED ?? Date.now() % 100_000);
console.log(
  `${url ? 'two workers on PostgreSQL' : 'one worker, embedded queue'}, ${jobs} jobs, ${kills} kills, seed ${seed}`,
);
let state = seed;
// https://en.wikipedia.org/wiki/Linear_congruential_generator
function random() {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return state / 2 ** 31;
}

const folder = mkdtempSync(join(tmpdir(), 'portage-kills-'));
const mock = await createMockS3({ buckets: ['files'] });
const store = {
  endpoint: mock.endpoint,
  bucket: 'files',
  region: mock.region,
  credentials: mock.credentials[0],
  profile: 'mock',
};
const storage = s3(store);
const place = url ? { url } : { folder: join(folder, 'queue') };
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

const files = [];
for (let i = 0; i < Number(jobs); i++) {
  const background = { r: i % 256, g: (i * 7) % 256, b: (i * 13) % 256 };
  const body = await sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const key = `photos/${i}.jpg`;
  await storage.putObject({ key, body, sha256: hash(body), headers: { 'content-type': 'image/jpeg' } });
  const { etag } = await storage.headObject(key);
  files.push({ key, etag, size: body.length, type: 'image/jpeg', name: `${i}.jpg` });
}

const worker = new URL('./worker.mjs', import.meta.url);
async function start(more = {}) {
  const child = fork(worker, [JSON.stringify({ store, ...place, atOnce: 1, ...more })]);
  await once(child, 'message');
  return child;
}
const countsOf = async (child) => {
  child.send('counts');
  const [{ counts }] = await once(child, 'message');
  return counts;
};

const begun = performance.now();
const workers = [await start({ enqueue: files })];
if (url) workers.push(await start());
let killed = 0;
let running;
for (;;) {
  const alive = workers.at(-1);
  const counts = await countsOf(alive);
  if (counts.waiting + counts.running === 0) {
    running = counts;
    break;
  }
  if (killed < Number(kills)) {
    // Spread over the work, so that most kills meet a job in hand.
    await delay(random() * 400);
    const victim = Math.floor(random() * workers.length);
    const ended = once(workers[victim], 'exit');
    workers[victim].kill('SIGKILL');
    await ended;
    killed += 1;
    await lookAt('while it goes on');
    workers[victim] = await start();
  } else await delay(500);
}
const seconds = (performance.now() - begun) / 1000;

/** Where a result is, its files are, whole and right. Returns how many results and files there are. */
async function lookAt(when) {
  const objects = new Map();
  for await (const object of storage.listObjects('processed/')) objects.set(object.key, object);
  const found = { results: 0, variants: 0 };
  for (const [key, { size, etag }] of objects) {
    if (!key.endsWith('result.json')) continue;
    found.results += 1;
    const bytes = await storage.read({ key, seen: { size, etag, headers: {} }, start: 0, end: size });
    const result = JSON.parse(new TextDecoder().decode(bytes));
    if (result.state !== 'done') throw new Error(`${key}: ${JSON.stringify(result)}`);
    for (const file of result.files) {
      found.variants += 1;
      const stored = objects.get(file.key);
      if (stored?.size !== file.size) throw new Error(`${when}: ${file.key} has ${stored?.size} of ${file.size} bytes`);
      if (when === 'at the end' && (await mock.sha256('files', file.key)) !== file.sha256)
        throw new Error(`${file.key} is not what was made`);
    }
  }
  if (when === 'at the end' && objects.size !== found.results + found.variants)
    throw new Error(`${objects.size} objects, of which ${found.results + found.variants} have a result`);
  return found;
}
const { results, variants } = await lookAt('at the end');
const is = results === files.length * 2 && variants === files.length * 4 && running.failed === 0;
console.log(
  `${killed} kills in ${seconds.toFixed(1)} s: ${running.done} jobs done, ${running.failed} failed; ` +
    `${results} results, ${variants} variants, each whole and once${is ? '' : ': NOT what it must be'}`,
);
for (const child of workers) child.kill('SIGKILL');
await mock.close();
rmSync(folder, { recursive: true, force: true });
process.exit(is ? 0 : 1);
