// Uploads whose region is killed (connections are refused) or stopped (nothing is answered) at a random moment: real stores in
// processes of their own, the real upload server, and the engine with the page's own code for regions.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../../packages/engine/dist/index.js';
import { createUploads, regions, s3 } from '../../../packages/server/dist/index.js';
import { serve } from '../../../packages/server/dist/node.js';
import { createWireBackend } from '../../../packages/uppy/dist/backends/wire-backend.js';
import { throughRegions } from '../../../packages/uppy/dist/regions/through-regions.js';
import { sha256Of } from './content.mjs';
import { likeABrowser, nodeTransport, nodeWorld } from './node-ports.mjs';

const MiB = 1024 * 1024;
const STORE = fileURLToPath(new URL('region-store.mjs', import.meta.url));
/** A part of an upload as pages cut a file of 64 MiB. */
const PART = 8 * MiB;

async function startStore(dataDir, bytesPerSecond, port = 0) {
  const child = fork(STORE, [String(port), dataDir, String(bytesPerSecond)], {
    // A test runner's conditions are not for what is built.
    ...{ execArgv: [], env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  });
  const [address] = await once(child, 'message');
  return {
    address,
    kill: (signal) => child.kill(signal),
    async check() {
      child.send('check');
      const [found] = await once(child, 'message');
      return found;
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/**
 * One upload, and what became of it.
 * @param how - `refused` or `black-hole`.
 * @param at - When the region goes, in milliseconds after the start; undefined: not by time.
 * @param sent - The region goes once so many bytes left the page; undefined: not by bytes.
 */
export async function killOnce({ how, at, sent, size = 64 * MiB, bytesPerSecond = 16 * MiB }) {
  likeABrowser();
  const folder = await mkdtemp(join(tmpdir(), 'region-kills-'));
  const [euData, usData] = [join(folder, 'eu'), join(folder, 'us')];
  let eu = await startStore(euData, bytesPerSecond);
  const us = await startStore(usData, bytesPerSecond);
  const told = [];
  const of = ({ address: { endpoint, region, credentials } }) =>
    s3({ endpoint, region, credentials, bucket: 'files', timeout: 3_000, slowTimeout: 5_000 });
  const uploads = createUploads({
    storage: regions({ eu: of(eu), us: of(us) }),
    secret: 'a secret of at least thirty-two characters',
    routes: { files: { anonymous: true, onComplete: ({ id, region }) => void told.push({ id, region }) } },
    logger: { info() {}, warn() {}, error() {} },
    onError() {},
  });
  const server = await serve(uploads, { port: 0, host: '127.0.0.1', signals: [] });
  const bytes = { sent: 0 };
  const willGo = at !== undefined || sent !== undefined;
  let goes = willGo;
  const goesNow = () => {
    goes = false;
    eu.kill(how === 'refused' ? 'SIGKILL' : 'SIGSTOP');
  };
  const plain = nodeTransport();
  const counted = {
    send({ onProgress, ...attempt }, signal) {
      let before = 0;
      const onMoved = (loaded) => {
        bytes.sent += Math.max(0, loaded - before);
        if (goes && bytes.sent >= sent) goesNow();
        before = Math.max(before, loaded);
        onProgress(loaded);
      };
      return plain.send({ ...attempt, onProgress: onMoved }, signal);
    },
  };
  const switched = [];
  const door = throughRegions({ info: (text) => switched.push(text), emit() {}, on() {}, off() {} }, counted);
  const wire = createWireBackend({ endpoint: `http://127.0.0.1:${server.port}` }, undefined, undefined, door);
  const engine = createEngine({ ...nodeWorld, backend: door.around(wire), transport: door.transport });
  const began = performance.now();
  const source = { size, slice: (start, end) => ({ id: 1, start, end }) };
  const intent = { id: 'film', name: 'film.mov', size, type: '', partSize: PART, meta: {} };
  const percents = [];
  const timer = at !== undefined && setTimeout(() => goes && goesNow(), at);
  const end = await new Promise((resolve) => {
    engine.start(source, intent, { onSnapshot: ({ progress }) => percents.push(progress.percent), onEnd: resolve });
  });
  const seconds = (performance.now() - began) / 1_000;
  clearTimeout(timer);
  plain.agent.destroy();
  // The region comes back, and the server removes what was left there.
  if (willGo && how === 'refused') {
    await eu.end();
    eu = await startStore(euData, bytesPerSecond, eu.address.port);
  } else if (willGo) eu.kill('SIGCONT');
  await uploads.abortStale();
  const found = { eu: await eu.check(), us: await us.check() };
  await server.close?.();
  await Promise.all([eu.end(), us.end()]);
  await rm(folder, { recursive: true, force: true });
  const objects = [...found.eu.objects, ...found.us.objects];
  return {
    at: end.at,
    stored: objects.length,
    whole: objects.every(({ sha256 }) => sha256 === sha256Of(1, size)),
    told: told.length,
    region: told[0]?.region,
    unfinished: found.eu.unfinished + found.us.unfinished,
    switched: switched.length,
    resent: bytes.sent - size,
    seconds,
    onward: percents.every((percent, index) => index === 0 || percent >= percents[index - 1]),
  };
}
