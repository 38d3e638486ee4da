// The store of the crowd, and its eyes: says for each name whether that object is there, and what its bytes are.
import { createMockS3 } from '../../../packages/mock-s3/dist/index.js';
import { FAULTS } from './plan.mjs';

const BUCKET = 'crowd';
const rules = process.argv[2] === 'stalls' ? FAULTS : FAULTS.filter(({ fault }) => fault.kind !== 'timeout');
const store = await createMockS3({ buckets: [BUCKET], faults: { seed: 1, rules } });
process.on('message', async (message) => {
  if (message === 'check') {
    const objects = [];
    for (const { key, size } of store.objects(BUCKET))
      objects.push({ key, size, sha256: await store.sha256(BUCKET, key) });
    process.send({ objects, unfinished: store.multipartUploads(BUCKET).length });
  } else {
    await store.close();
    process.exit(0);
  }
});
process.send({ endpoint: store.endpoint, credentials: store.credentials[0], bucket: BUCKET });
