// One page near one store and far from another, in a namespace that reaches both: how long a file takes. Told what by its arguments.
import { createEngine } from '../../../packages/engine/dist/index.js';
import { createUploads, regions, s3 } from '../../../packages/server/dist/index.js';
import { serve } from '../../../packages/server/dist/node.js';
import { createWireBackend } from '../../../packages/uppy/dist/backends/wire-backend.js';
import { throughRegions } from '../../../packages/uppy/dist/regions/through-regions.js';
import { likeABrowser, nodeTransport, nodeWorld } from './node-ports.mjs';

const { stores, sizes } = JSON.parse(process.argv[2]);
likeABrowser();

const all = Object.entries(stores).map(([name, { endpoint, region, credentials }]) => [
  name,
  s3({ endpoint, region, credentials, bucket: 'files', forcePathStyle: true }),
]);
const uploads = createUploads({
  storage: all.length > 1 ? regions(Object.fromEntries(all)) : all[0][1],
  secret: 'a secret of at least thirty-two characters',
  routes: { files: { anonymous: true } },
});
const server = await serve(uploads, { port: 0, host: '127.0.0.1', signals: [] });
const transport = nodeTransport();
const door = throughRegions({ info() {}, emit() {}, on() {}, off() {} }, transport);
const wire = createWireBackend({ endpoint: `http://127.0.0.1:${server.port}` }, undefined, undefined, door);
const engine = createEngine({ ...nodeWorld, backend: door.around(wire), transport: door.transport });

function upload(name, size) {
  const began = performance.now();
  const intent = {
    id: name,
    name,
    size,
    type: '',
    partSize: size > 8 * 2 ** 20 ? 8 * 2 ** 20 : undefined,
    adaptPartSize: true,
    meta: {},
  };
  return new Promise((resolve) => {
    const onEnd = ({ at, result }) =>
      resolve({ at, region: result?.region, seconds: (performance.now() - began) / 1_000 });
    engine.start({ size, slice: (start, end) => ({ id: 1, start, end }) }, intent, { onSnapshot() {}, onEnd });
  });
}

// A page's first, small file: beside it regions are measured, and nobody waits for that.
await upload('first', 1);
await new Promise((resolve) => setTimeout(resolve, 3_000));
// The probes of a browser leave connections for those who come after; here they do not, so all begin with new ones.
transport.agent.destroy();
const results = [];
for (const size of sizes) results.push({ size, ...(await upload(`file-${size}`, size)) });
console.log(JSON.stringify(results));
process.exit(0);
