// One region's store: a process of its own, so that it can be killed, or stopped until nothing is answered any more.
import { createMockS3 } from '../../../packages/mock-s3/dist/index.js';

// 0: as fast as its link is.
const [, , port, dataDir, bytesPerSecond, host = '127.0.0.1'] = process.argv;
const fault = { kind: 'bandwidth', bytesPerSecond: Number(bytesPerSecond), shared: true };
const store = await createMockS3({
  port: Number(port),
  host,
  // Of nobody else: the far end of a wire is reached from its namespace alone.
  credentials: [{ accessKeyId: 'AKIAREGION0000000000', secretAccessKey: 'the-key-of-a-store-between-namespaces' }],
  dataDir,
  buckets: ['files'],
  faults: { seed: 1, rules: Number(bytesPerSecond) > 0 ? [{ fault }] : [] },
});
process.on('message', async () => {
  const objects = [];
  for (const { key } of store.objects('files')) objects.push({ key, sha256: await store.sha256('files', key) });
  process.send({ objects, unfinished: store.multipartUploads('files').length });
});
const address = { endpoint: store.endpoint, port: store.port, region: store.region, credentials: store.credentials[0] };
if (process.send) process.send(address);
else console.log(JSON.stringify(address));
