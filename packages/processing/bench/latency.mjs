// From the end of an upload (its enqueuing) until the page can show its thumbnail: median and p95, with the worker in this process on
// the embedded queue; with DATABASE_URL with the worker in another process on that PostgreSQL, as far as a page is told of it.
// `node bench/latency.mjs [files]`. Needs `tsc --build`.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';
import { createProcessing, image, metadata, pipeline } from '../dist/index.js';
import { embeddedQueue, postgresQueue } from '../dist/pg-boss/index.js';

const files = Number(process.argv[2] ?? 40);
const { DATABASE_URL: url } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'portage-latency-'));
const mock = await createMockS3({ buckets: ['files'] });
const [credentials] = mock.credentials;
const store = { endpoint: mock.endpoint, bucket: 'files', region: mock.region, credentials, profile: 'mock' };
const storage = s3(store);
const processing = createProcessing({
  storage,
  queue: url ? postgresQueue({ url }) : embeddedQueue({ folder: join(folder, 'queue') }),
  // As worker.mjs has them.
  pipelines: { photos: pipeline([metadata(), image({ widths: [80, 160], formats: ['webp', 'jpeg'] })]) },
});
const worker = url && fork(new URL('./worker.mjs', import.meta.url), [JSON.stringify({ store, url, atOnce: 2 })]);
if (worker) await once(worker, 'message');
else await processing.work({ atOnce: 2 });

const noise = { type: 'gaussian', mean: 128, sigma: 40 };
const picture = sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#456', noise } });
const photo = await picture.jpeg().toBuffer();
const times = [];
for (let i = 0; i < files; i++) {
  const body = Buffer.concat([photo, Buffer.from(String(i))]);
  const key = `photos/${i}.jpg`;
  await storage.putObject({ key, body, sha256: createHash('sha256').update(body).digest('hex'), headers: {} });
  const { etag } = await storage.headObject(key);
  const file = { key, etag, size: body.length, type: 'image/jpeg', name: key };
  const started = performance.now();
  await processing.enqueue('photos', file);
  // As the server's events do it.
  for (let wait = 500; ; wait = Math.min(wait * 1.5, 5000)) {
    const { steps } = await processing.status('photos', file);
    if (steps.image.state === 'done') break;
    await processing.changed(file, wait);
  }
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]);
console.log(
  `${url ? 'PostgreSQL, worker in another process' : 'embedded queue'}: ${files} photos of 1600 × 1200, one after another: ` +
    `thumbnails after ${at(0.5)} ms (median), ${at(0.95)} ms (p95)`,
);
worker?.kill();
await processing.close();
await mock.close();
rmSync(folder, { recursive: true, force: true });
