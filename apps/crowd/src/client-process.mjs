// Some of the crowd, each an engine with connections of its own. Told whom by a message; tells how each upload ended.
import { createEngine } from '../../../packages/engine/dist/index.js';
import { createWireBackend } from '../../../packages/uppy/dist/backends/wire-backend.js';
import { sha256Of } from './content.mjs';
import { nodeTransport, nodeWorld } from './node-ports.mjs';

/** In bytes; files over it go in parts. S3 takes no smaller ones. */
const PART = 5 * 1024 * 1024;

process.on('message', async ({ endpoint, files }) => {
  await Promise.all(files.map((file) => upload(endpoint, file).then((result) => process.send({ result }))));
  process.send('all over', () => process.exit(0));
});

function upload(endpoint, { id, name, size }) {
  const backend = createWireBackend({ endpoint });
  const calls = { create: [], sign: [], complete: [] };
  const counts = { attempts: 0, failed: 0 };
  for (const step of Object.keys(calls)) backend[step] = timed(backend[step], calls[step]);
  const transport = nodeTransport();
  const counted = async (attempt, signal) => {
    counts.attempts += 1;
    const outcome = await transport.send(attempt, signal);
    if (!outcome.ok) counts.failed += 1;
    return outcome;
  };
  const engine = createEngine({ ...nodeWorld, backend, transport: { send: counted } });
  const begun = performance.now();
  const source = { size, slice: (start, end) => ({ id, start, end }) };
  const intent = { id: name, name, size, type: '', partSize: size > PART ? PART : undefined, meta: {} };
  return new Promise((resolve) => {
    engine.start(source, intent, {
      onSnapshot: () => {},
      onEnd(end) {
        transport.agent.destroy();
        const seconds = (performance.now() - begun) / 1_000;
        const told = { verifiedBy: end.result?.verifiedBy, error: end.error?.code };
        resolve({ name, size, at: end.at, ...told, sha256: sha256Of(id, size), seconds, calls, ...counts });
      },
    });
  });
}

function timed(work, times) {
  return async (...given) => {
    const begun = performance.now();
    const outcome = await work(...given);
    // A call that came to nothing is not a response of the server's.
    if (outcome.ok) times.push(performance.now() - begun);
    return outcome;
  };
}
