// The disk of worker and embedded queue is full for a while: nothing is lost, and nothing half-made shows?
// `node bench/disk-full.mjs FOLDER`, where the folder is a small file system of its own, which is filled:
// mkdir /tmp/small && mount -t tmpfs -o size=90m tmpfs /tmp/small. Needs `tsc --build`.
import { createHash } from 'node:crypto';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';
import { createProcessing, image, pipeline } from '../dist/index.js';
import { embeddedQueue } from '../dist/pg-boss/index.js';

const [folder] = process.argv.slice(2);
const free = () => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};
if (folder === undefined || free() > 512 * 1024 ** 2) {
  console.error('Give it a folder on a small file system of its own: it is filled.');
  process.exit(2);
}
// The store is on the other disk.
const mock = await createMockS3({ buckets: ['files'] });
process.env.TMPDIR = folder;
const [credentials] = mock.credentials;
const storage = s3({ endpoint: mock.endpoint, bucket: 'files', region: mock.region, credentials });
const errors = new Set();
const onError = ({ message }) => errors.add(message.split('\n')[0]);
const processing = createProcessing({
  storage,
  queue: embeddedQueue({ folder: join(folder, 'queue'), onError }),
  pipelines: { photos: pipeline([image({ widths: [100] })]) },
  onError,
});
await processing.work({ atOnce: 2 });

const noise = { type: 'gaussian', mean: 128, sigma: 40 };
const picture = sharp({ create: { width: 1200, height: 900, channels: 3, background: '#456', noise } });
const photo = await picture.jpeg({ quality: 95 }).toBuffer();
const files = [];
for (let i = 0; i < 20; i++) {
  const body = Buffer.concat([photo, Buffer.from(String(i))]);
  const key = `photos/${i}.jpg`;
  await storage.putObject({ key, body, sha256: createHash('sha256').update(body).digest('hex'), headers: {} });
  const { etag } = await storage.headObject(key);
  files.push({ key, etag, size: body.length, type: 'image/jpeg', name: key });
}
const fill = join(folder, 'fill');
writeFileSync(fill, Buffer.alloc(Math.max(0, free() - 60_000)));
let refused = 0;
for (const file of files) {
  await processing.enqueue('photos', file).catch(() => {
    refused += 1;
  });
}
await delay(8000);
const { files: done, failedAttempts } = processing.metrics();
console.log(`while it is full: ${refused} of 20 not enqueued, ${done} done, ${failedAttempts} attempts failed`);
for (const error of errors) console.log(`  ${error}`);

rmSync(fill);
// As it is run now and then: it finds what could not be enqueued.
const { enqueued } = await processing.sweep('photos', 'photos/', { olderThan: -10 });
for (let seconds = 0; seconds < 120; seconds++) {
  const { photos } = await processing.counts();
  if (photos.waiting + photos.running === 0) break;
  await delay(1000);
}
let whole = 0;
for (const file of files) {
  const { steps } = await processing.status('photos', file);
  const [made] = steps.image.state === 'done' ? steps.image.files : [];
  if (made && (await mock.sha256('files', made.key)) === made.sha256) whole += 1;
}
console.log(`when it is free again: the sweep found ${enqueued} without a result; ${whole} of 20 are whole and right`);
await processing.close();
await mock.close();
process.exit(whole === 20 ? 0 : 1);
