// 1,000 creates at the same time against a real server before a real store, three processes on one machine: how long
// they take, and what memory the server takes for them. Each is for 1 GiB in parts of 8 MiB, so it signs 64 parts.
// With BENCH_HELD=1 rubbish is collected twice a second: what is left on the heap is what the calls under way hold, about
// 20 KB each (sockets, requests in and out). The rest of the peak is rubbish that V8 has not collected yet, mostly signed
// URLs on their way into a response; it keeps the pages, so the process stays larger than it was.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const CREATES = Number(process.env.BENCH_CREATES ?? 1000);
const MiB = 1024 * 1024;
const [role] = process.argv.slice(2);

if (role === 'store') {
  const { createMockS3 } = await import('@portage/mock-s3');
  const { endpoint, credentials } = await createMockS3({ buckets: ['bench'] });
  process.send({ endpoint, credentials: credentials[0] });
} else if (role === 'server') {
  const { createUploads, s3 } = await import('../dist/index.js');
  const { serve } = await import('../dist/node.js');
  const [address] = await once(process, 'message');
  const uploads = createUploads({
    storage: s3({ ...address, bucket: 'bench', timeout: 120_000 }),
    secret: 'a secret of at least thirty-two characters',
    routes: { files: { anonymous: true } },
  });
  const { port } = await serve(uploads, { port: 0, host: '127.0.0.1' });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const memory = () => {
    const { rss, heapUsed: heap, external } = process.memoryUsage();
    return { rss, heap, external };
  };
  let peak = memory();
  let live = 0;
  setInterval(() => {
    const now = memory();
    for (const kind of Object.keys(peak)) peak[kind] = Math.max(peak[kind], now[kind]);
  }, 10).unref();
  // With rubbish collected first: what calls under way hold. It costs time, so such a run is not one to time.
  const held = () => {
    global.gc?.();
    live = Math.max(live, memory().heap);
  };
  if (process.env.BENCH_HELD) setInterval(held, 500).unref();
  process.on('message', (message) => {
    if (message === 'begin') {
      global.gc?.();
      peak = memory();
      live = 0;
      delay.enable();
      process.send({ before: peak });
    } else {
      global.gc?.();
      process.send({ peak, live, after: memory(), blocked: delay.max / 1e6 });
    }
  });
  process.send({ port });
} else {
  const start = (which) => fork(import.meta.filename, [which], { execArgv: ['--expose-gc'] });
  const ask = async (child, message) => {
    if (message !== undefined) child.send(message);
    return (await once(child, 'message'))[0];
  };
  const store = start('store');
  const server = start('server');
  const { port } = await ask(server, await ask(store));
  const body = JSON.stringify({ files: [{ name: 'film.mov', size: 1024 * MiB, type: '', partSize: 8 * MiB }] });
  let answered = 0;
  const create = async () => {
    const begin = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/files/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    answered += text.length;
    const { files } = JSON.parse(text);
    if (files[0].requests?.length !== 64) throw new Error(`not created: ${response.status}`);
    return performance.now() - begin;
  };
  for (let i = 0; i < 50; i++) await create();

  const { before } = await ask(server, 'begin');
  answered = 0;
  const begin = performance.now();
  const times = await Promise.all(Array.from({ length: CREATES }, create));
  const seconds = (performance.now() - begin) / 1000;
  const { peak, live, after, blocked } = await ask(server, 'end');
  times.sort((a, b) => a - b);
  const mib = (bytes) => `${(bytes / MiB).toFixed(0)} MiB`;
  const at = (share) => `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] / 1000).toFixed(2)} s`;
  console.log(`${CREATES} creates at once, 64 signatures each: ${seconds.toFixed(2)} s in all`);
  console.log(`answers: median ${at(0.5)}, p99 ${at(0.99)}`);
  const line = ({ rss, heap, external }) => `${mib(rss)} (heap ${mib(heap)}, buffers ${mib(external)})`;
  console.log(`server's memory: before ${line(before)}`);
  console.log(`                 peak   ${line(peak)}, each at its own moment`);
  console.log(`                 after  ${line(after)}, rubbish collected`);
  if (live > 0) console.log(`                 held   heap ${mib(live)} at most, rubbish collected`);
  console.log(`all answers together: ${mib(answered)}; longest block ${blocked.toFixed(0)} ms`);
  server.kill();
  store.kill();
}
