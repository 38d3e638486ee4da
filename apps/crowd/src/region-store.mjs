// One region's store: a process of its own, so that it can be killed, or stopped until nothing is answered any more.
import { createMockS3 } from '../../../packages/mock-s3/dist/index.js';

const [, , port, dataDir, bytesPerSecond] = process.argv;
const fault = { kind: 'bandwidth', bytesPerSecond: Number(bytesPerSecond), shared: true };
const store = await createMockS3({
  port: Number(port),
  dataDir,
  buckets: ['files'],
  faults: { seed: 1, rules: [{ fault }] },
});
process.on('message', async () => {
  const objects = [];
  for (const { key } of store.objects('files')) objects.push({ key, sha256: await store.sha256('files', key) });
  process.send({ objects, unfinished: store.multipartUploads('files').length });
});
process.send({ endpoint: store.endpoint, port: store.port, region: store.region, credentials: store.credentials[0] });
