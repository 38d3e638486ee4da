// Requests to the store for each photo, by their kind: what a million of them cost on paper. `node bench/requests.mjs [photos]`.
// Needs `tsc --build`.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';
import { createProcessing, image, metadata, pipeline } from '../dist/index.js';
import { embeddedQueue } from '../dist/pg-boss/index.js';

const photos = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'portage-requests-'));
const mock = await createMockS3({ buckets: ['files'] });
const [credentials] = mock.credentials;
const storage = s3({ endpoint: mock.endpoint, bucket: 'files', region: mock.region, credentials, profile: 'mock' });
let left = photos;
let done;
const all = new Promise((resolve) => {
  done = resolve;
});
const onProcessed = () => {
  left -= 1;
  if (left === 0) done();
};
const steps = [metadata(), image({ widths: [320, 960, 1600], formats: ['webp'] })];
const processing = createProcessing({
  storage,
  queue: embeddedQueue({ folder: join(folder, 'queue') }),
  pipelines: { photos: pipeline(steps, { onProcessed }) },
});

const noise = { type: 'gaussian', mean: 128, sigma: 40 };
const photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#456', noise } })
  .jpeg()
  .toBuffer();
const files = [];
for (let i = 0; i < photos; i++) {
  const body = Buffer.concat([photo, Buffer.from(String(i))]);
  const key = `photos/${i}.jpg`;
  await storage.putObject({ key, body, sha256: createHash('sha256').update(body).digest('hex'), headers: {} });
  const { etag, size } = await storage.headObject(key);
  files.push({ key, etag, size, type: 'image/jpeg', name: key });
}
const before = mock.journal.requests({}).length;
for (const file of files) await processing.enqueue('photos', file);
await processing.work({ atOnce: 2 });
await all;
const counts = {};
for (const { operation } of mock.journal.requests({}).slice(before)) counts[operation] = (counts[operation] ?? 0) + 1;
for (const [operation, count] of Object.entries(counts)) console.log(`${operation}: ${count / photos} for each photo`);
await processing.close();
await mock.close();
rmSync(folder, { recursive: true, force: true });
