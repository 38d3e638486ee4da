// What a small file in a pack costs the upload server's processor: 3,000 files of 10 kB, created, packed, taken out and completed, before a
// mock store in a process of its own. The first thousand is told of by itself: V8 has compiled little of it then.
import { fork } from 'node:child_process';
import { once } from 'node:events';

const SIZE = 10_000;
const PER_PACK = 576;

if (process.argv[2] === 'store') {
  const { createMockS3 } = await import('@portage/mock-s3');
  const { endpoint, credentials } = await createMockS3({ buckets: ['bench'], mimic: 'ceph' });
  process.send({ endpoint, credentials: credentials[0] });
} else {
  const { createUploads, s3 } = await import('../dist/index.js');
  const store = fork(import.meta.filename, ['store']);
  const [place] = await once(store, 'message');
  const uploads = createUploads({
    storage: s3({ ...place, bucket: 'bench', profile: 'ceph-20', packs: true }),
    secret: 'a secret of at least thirty-two characters',
    routes: { files: { anonymous: true } },
  });
  const call = async (operation, body) => {
    const headers = { 'content-type': 'application/json' };
    const url = `http://uploads.example/files/${operation}`;
    const response = await uploads(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
    const told = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(told));
    return told;
  };
  const chunks = (list, size) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

  async function send(count) {
    const names = Array.from({ length: count }, (_, index) => ({ name: `${index}.bin`, size: SIZE, type: '' }));
    const created = [];
    for (const files of chunks(names, 50)) created.push(...(await call('create', { files })).files);
    for (const files of chunks(created, PER_PACK)) {
      const tokens = files.map(({ token }) => token);
      const { token, request } = await call('pack', { tokens });
      const sent = await fetch(request.url, { method: 'PUT', body: new Uint8Array(files.length * SIZE) });
      const slots = tokens.map((token, index) => ({ token, start: index * SIZE }));
      const slices = chunks(slots, 128);
      const etags = [];
      for (const [index, files] of slices.entries()) {
        const asked = { token, etag: sent.headers.get('etag'), files, more: index < slices.length - 1 };
        etags.push(...(await call('unpack', asked)).files.map(({ etag }) => etag));
      }
      const stored = tokens.map((token, index) => ({ token, parts: [{ partNumber: 1, etag: etags[index] }] }));
      for (const some of chunks(stored, 50)) {
        const { uploads } = await call('complete', { uploads: some });
        const refused = uploads.find(({ error }) => error);
        if (refused) throw new Error(JSON.stringify(refused));
      }
    }
  }

  for (const [files, which] of [
    [1000, 'first'],
    [2000, 'next'],
  ]) {
    const before = process.cpuUsage();
    await send(files);
    const { user, system } = process.cpuUsage(before);
    console.log(`${which} ${files} files: ${((user + system) / 1000 / files).toFixed(2)} ms of the processor each`);
  }
  store.kill();
}
