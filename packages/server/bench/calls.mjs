// 1,000 creates at once, then 1,000 completes at once, of small files, against a real server before a real store, each a
// process of its own: connections that the server opens to the store, its memory, and how long responses take. Twice in one
// run, side by side: with Node's own fetch, as it was before, and with the pool of connections that the server has.
// Run by `npm run bench:calls`.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';

const CALLS = Number(process.env.BENCH_CALLS ?? 1000);
const MiB = 1024 * 1024;
const [role, kind] = process.argv.slice(2);

if (role === 'store') {
  const { subscribe } = await import('node:diagnostics_channel');
  const { createMockS3 } = await import('@portage/mock-s3');
  let connections = 0;
  subscribe('net.server.socket', () => {
    connections += 1;
  });
  const { endpoint, credentials } = await createMockS3({ buckets: ['bench'] });
  process.send({ endpoint, credentials: credentials[0] });
  process.on('message', () => {
    process.send({ connections });
    connections = 0;
  });
} else if (role === 'server') {
  const { createUploads, s3 } = await import('../dist/index.js');
  const { serve } = await import('../dist/node.js');
  const [address] = await once(process, 'message');
  const uploads = createUploads({
    storage: s3({
      ...address,
      bucket: 'bench',
      forcePathStyle: true,
      timeout: 120_000,
      ...(kind === 'fetch' && { fetch: globalThis.fetch }),
    }),
    secret: 'a secret of at least thirty-two characters',
    routes: { files: { anonymous: true } },
    onError: () => {},
  });
  const { port } = await serve(uploads, { port: 0, host: '127.0.0.1' });
  let peak = 0;
  setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10).unref();
  process.on('message', () => {
    process.send({ peak });
    global.gc?.();
    peak = process.memoryUsage.rss();
  });
  process.send({ port });
} else {
  const start = (...args) => fork(import.meta.filename, args, { execArgv: ['--expose-gc'] });
  const ask = async (child, message) => {
    child.send(message);
    return (await once(child, 'message'))[0];
  };
  // One connection for each call, as 1,000 browsers have.
  const agent = new Agent({ keepAlive: true, maxSockets: CALLS });
  const send = (url, method, body, headers) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on('error', reject).end(body);
    });
  const content = Buffer.alloc(1024, 'portage');
  const json = { 'content-type': 'application/json', 'portage-timeout': '120000' };

  async function measure(kind) {
    const store = start('store');
    const [address] = await once(store, 'message');
    const server = start('server', kind);
    const { port } = await ask(server, address);
    const call = async (operation, body) => {
      const begin = performance.now();
      const answer = await send(`http://127.0.0.1:${port}/files/${operation}`, 'POST', JSON.stringify(body), json);
      return { time: performance.now() - begin, ok: answer.status === 200, body: JSON.parse(answer.text) };
    };
    const create = () => call('create', { files: [{ name: 'a.txt', size: content.length, type: 'text/plain' }] });
    const together = async (name, calls) => {
      await ask(store, 'reset');
      await ask(server, 'reset');
      const begin = performance.now();
      const done = await Promise.all(calls.map((each) => each()));
      const all = performance.now() - begin;
      const { connections } = await ask(store, 'reset');
      const { peak } = await ask(server, 'reset');
      const times = done.map(({ time }) => time).sort((a, b) => a - b);
      const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
      const failed = done.filter(({ ok }) => !ok).length;
      return { done, row: { failed, kind, name, connections, peak, all, median: at(0.5), p99: at(0.99) } };
    };
    for (let i = 0; i < 50; i++) await create();
    const creates = await together(
      'creates',
      Array.from({ length: CALLS }, () => create),
    );
    const completes = [];
    for (const { body, ok } of creates.done) {
      if (!ok) continue;
      const [{ token, requests }] = body.files;
      const { url, method, headers } = requests[0].request;
      const { headers: answered } = await send(url, method, content, { ...headers, 'content-length': content.length });
      completes.push(() => call('complete', { token, parts: [{ partNumber: 1, etag: answered.etag }] }));
    }
    const completed = await together('completes', completes);
    server.kill();
    store.kill();
    return [creates.row, completed.row];
  }

  const rows = [...(await measure('fetch')), ...(await measure('pool'))];
  console.log(`${CALLS} calls at once, small files; before: Node's fetch, after: the pool`);
  console.log('calls      connections   memory at its peak    all      median   p99   failed');
  for (const name of ['creates', 'completes'])
    for (const kind of ['fetch', 'pool']) {
      const row = rows.find((each) => each.name === name && each.kind === kind);
      const seconds = (value) => `${(value / 1000).toFixed(2)} s`.padStart(7);
      const label = `${name} ${kind === 'fetch' ? 'before' : 'after'}`;
      console.log(
        `${label.padEnd(17)} ${String(row.connections).padStart(5)}   ${`${(row.peak / MiB).toFixed(0)} MiB`.padStart(16)}  ${seconds(row.all)}  ${seconds(row.median)}  ${seconds(row.p99)}  ${String(row.failed).padStart(5)}`,
      );
    }
  process.exit();
}
