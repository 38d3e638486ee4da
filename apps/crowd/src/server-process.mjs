// One upload server of the crowd. Says what it has cost when asked.
import { once } from 'node:events';
import { createUploads, s3 } from '../../../packages/server/dist/index.js';
import { serve } from '../../../packages/server/dist/node.js';

const [address] = await once(process, 'message');
/** How many calls the server could not answer as it should, by the reason; clients ask again. */
const failedCalls = {};
const logger = {
  debug() {},
  info() {},
  warn() {},
  error({ operation, err }) {
    const { cause } = err;
    const why = `${operation}: ${cause?.cause?.code ?? cause?.name ?? err.name}`;
    failedCalls[why] = (failedCalls[why] ?? 0) + 1;
  },
};
const uploads = createUploads({
  logger,
  storage: s3(address),
  secret: 'the same secret on both servers of the crowd',
  routes: { files: { anonymous: true, maxSize: 5 * 1024 ** 3, key: ({ name }) => name } },
});
const { port } = await serve(uploads, { port: 0, host: '127.0.0.1' });
const before = process.cpuUsage();
let rss = 0;
const watch = () => {
  rss = Math.max(rss, process.memoryUsage.rss());
};
setInterval(watch, 100).unref();
process.on('message', () => {
  watch();
  const { user, system } = process.cpuUsage(before);
  process.send({ cpuSeconds: (user + system) / 1e6, rss, failedCalls });
});
process.send({ port });
