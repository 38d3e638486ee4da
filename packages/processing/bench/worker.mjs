// A worker, as a process of its own: for kills.mjs and throughput.mjs. Its settings come as JSON.
import { s3 } from '@portage/server';
import { createProcessing, image, metadata, pipeline } from '../dist/index.js';
import { embeddedQueue, postgresQueue } from '../dist/pg-boss/index.js';

const { store, url, folder, atOnce, enqueue = [] } = JSON.parse(process.argv[2]);
const onError = () => {};
const processing = createProcessing({
  storage: s3(store),
  queue: url ? postgresQueue({ url, onError }) : embeddedQueue({ folder, onError }),
  pipelines: { photos: pipeline([metadata(), image({ widths: [80, 160], formats: ['webp', 'jpeg'] })]) },
  onError,
});
// Only one process has the embedded queue, so that one enqueues, too.
process.on('message', async (asked) => {
  if (asked === 'counts') process.send({ counts: (await processing.counts()).photos });
});
process.on('disconnect', () => process.exit());
if (atOnce > 0) await processing.work({ atOnce });
for (const file of enqueue) await processing.enqueue('photos', file);
process.send('ready');
