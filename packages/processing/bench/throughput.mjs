// Pictures a second of the step `image` over the store, against sharp alone on the same files in memory: the same widths and
// formats, as many at once, in turns within one run. `node bench/throughput.mjs [pictures] [atOnce] [rounds]`. Needs `tsc --build`.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockS3 } from '@portage/mock-s3';
import { s3 } from '@portage/server';
import sharp from 'sharp';
import { createProcessing, image, pipeline } from '../dist/index.js';
import { embeddedQueue } from '../dist/pg-boss/index.js';
import { placeholderOf, writeVariants } from '../dist/steps/variants.js';

const [pictures, atOnce, rounds] = [40, 2, 2].map((usual, index) => Number(process.argv[index + 2] ?? usual));
const asked = { widths: [320, 960, 1920], formats: ['webp'], quality: 80, avifEffort: 2 };
const folder = mkdtempSync(join(tmpdir(), 'portage-throughput-'));
const mock = await createMockS3({ buckets: ['files'] });
const storage = s3({ endpoint: mock.endpoint, bucket: 'files', region: mock.region, credentials: mock.credentials[0] });
const processing = createProcessing({
  storage,
  queue: embeddedQueue({ folder: join(folder, 'queue') }),
  pipelines: { photos: pipeline([image(asked)]) },
});
await processing.work({ atOnce });

// 12 megapixels, and soft as a photo is: noise alone would be several times as large.
const noise = { type: 'gaussian', mean: 128, sigma: 60 };
const rough = await sharp({ create: { width: 500, height: 375, channels: 3, background: '#456', noise } })
  .png()
  .toBuffer();
const photo = await sharp(rough).resize(4000, 3000).jpeg({ quality: 88 }).toBuffer();
console.log(
  `${pictures} photos of 4000 × 3000, ${(photo.length / 1e6).toFixed(1)} MB each, ${atOnce} at once, ${rounds} rounds`,
);

async function alone() {
  sharp.concurrency(1);
  sharp.cache(false);
  let left = pictures;
  const started = performance.now();
  const one = async () => {
    while (left-- > 0) {
      const { data, info } = await sharp(photo, { failOn: 'none' })
        .autoOrient()
        .resize({ width: 1920, withoutEnlargement: true })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const pixels = { data, width: info.width, height: info.height, channels: info.channels };
      await writeVariants(pixels, asked, folder);
      await placeholderOf(pixels);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (performance.now() - started) / 1000;
}

/** Most memory of the children in each round over the store, in MiB. */
const mosts = [];
let most = 0;
/** Of this process's children: resident memory in MiB, and seconds of processor time. Linux alone tells. */
function childrenNow() {
  const all = { memory: 0, seconds: 0 };
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      const fields = rest.split(' ');
      if (Number(fields[1]) !== process.pid) continue;
      all.seconds += (Number(fields[11]) + Number(fields[12])) / 100;
      all.memory += Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) / 256;
    } catch {
      // It has ended meanwhile.
    }
  }
  return all;
}
const watch = setInterval(() => {
  most = Math.max(most, childrenNow().memory);
}, 200);

async function overTheStore(round) {
  // Other bytes behind the end of the picture, so that it is another object.
  const files = [];
  for (let i = 0; i < pictures; i++) {
    const body = Buffer.concat([photo, Buffer.from(`${round} ${i}`)]);
    const key = `photos/${round}/${i}.jpg`;
    const sha256 = createHash('sha256').update(body).digest('hex');
    await storage.putObject({ key, body, sha256, headers: { 'content-type': 'image/jpeg' } });
    const { etag } = await storage.headObject(key);
    files.push({ key, etag, size: body.length, type: 'image/jpeg', name: key });
  }
  const before = processing.metrics().files;
  const started = performance.now();
  for (const file of files) await processing.enqueue('photos', file);
  while (processing.metrics().files < before + pictures) await new Promise((resolve) => setTimeout(resolve, 20));
  return (performance.now() - started) / 1000;
}

const times = { alone: 0, store: 0 };
const cpu = { alone: 0, store: 0 };
const ownSeconds = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
await alone(); // warms up
for (let round = 0; round < rounds; round++) {
  let before = childrenNow().seconds;
  most = 0;
  times.store += await overTheStore(round);
  mosts.push(Math.round(most));
  cpu.store += childrenNow().seconds - before;
  before = ownSeconds();
  times.alone += await alone();
  cpu.alone += ownSeconds() - before;
}
clearInterval(watch);
const rate = (seconds) => (pictures * rounds) / seconds;
const each = (seconds) => (seconds / (pictures * rounds)).toFixed(2);
const share = (100 * rate(times.store)) / rate(times.alone);
console.log(
  `sharp alone ${rate(times.alone).toFixed(2)} pictures a second, over the store ${rate(times.store).toFixed(2)}: ${share.toFixed(0)} %`,
);
console.log(
  `all child processes together, most memory in each round: ${mosts.join(', ')} MiB; at the end ${Math.round(childrenNow().memory)} MiB`,
);
console.log(`processor time for a picture: ${each(cpu.alone)} s alone, ${each(cpu.store)} s in the child processes`);
await processing.close();
await mock.close();
rmSync(folder, { recursive: true, force: true });
