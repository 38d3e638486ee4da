import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { Fault } from './fault.ts';

const KiB = 1024;

/** A store on which one fault is put on the first try of each PutObject and GetObject. */
function storeWith(fault: Fault) {
  return startStore({ faults: [{ operation: ['PutObject', 'GetObject'], attempt: 1, fault }] });
}

test('latency with jitter stays within its bounds, in both directions', async () => {
  const { client, store } = await storeWith({ kind: 'latency', ms: 40, jitter: 10, direction: 'both' });
  const started = performance.now();
  await client.put('uploads/a', 'x');
  expect(performance.now() - started).toBeGreaterThanOrEqual(58);
  expect(store.journal.requests()).toMatchObject([{ faults: [{ kind: 'latency' }] }]);
});

test('a shared bandwidth is divided among connections', async () => {
  const { client } = await startStore({
    faults: [{ fault: { kind: 'bandwidth', bytesPerSecond: 1000 * KiB, shared: true } }],
  });
  const started = performance.now();
  await Promise.all(['a', 'b'].map((key) => client.put(`uploads/${key}`, new Uint8Array(64 * KiB))));
  expect(performance.now() - started).toBeGreaterThanOrEqual(125);
});

test('slicer cuts an answer into pieces and loses none', async () => {
  const { client, store } = await storeWith({ kind: 'slicer', averageSize: 100, sizeVariation: 50 });
  const body = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));
  await client.put('uploads/a', body);
  expect(Buffer.from(await (await client.send('uploads/a')).arrayBuffer())).toEqual(body);
  expect(store.journal.requests({ operation: 'GetObject' })).toMatchObject([{ faults: [{ kind: 'slicer' }] }]);
});

test('limit_data ends the connection after so many bytes', async () => {
  const { client, store } = await storeWith({ kind: 'limit_data', bytes: 1000 });
  await expect(client.put('uploads/a', new Uint8Array(5000))).rejects.toThrow();
  expect(store.journal.requests()).toMatchObject([{ state: 'cut', bytesReceived: 1000 }]);
  expect((await client.put('uploads/a', new Uint8Array(5000))).status).toBe(200);
});

test('timeout holds everything back, and then ends the connection', async () => {
  const { client, store } = await storeWith({ kind: 'timeout', ms: 30, afterBytes: 1000 });
  await expect(client.put('uploads/a', new Uint8Array(5000))).rejects.toThrow();
  expect(store.journal.requests()).toMatchObject([{ state: 'cut', bytesReceived: 1000 }]);
});

test('timeout 0 goes on where it stopped once the faults are cleared', async () => {
  const { client, store } = await storeWith({ kind: 'timeout', ms: 0, afterBytes: 1000 });
  const put = client.put('uploads/a', new Uint8Array(5000));
  await expect.poll(() => store.journal.requests()[0]?.faults).toMatchObject([{ kind: 'timeout' }]);
  expect(store.journal.requests()).toMatchObject([{ state: 'running', bytesReceived: 1000 }]);
  store.faults.clear();
  expect((await put).status).toBe(200);
  expect(store.objects('uploads')).toMatchObject([{ size: 5000 }]);
});

// Elsewhere it is noticed once the fault is gone.
test.runIf(process.platform === 'linux')('timeout notices that a client it holds back was killed', async () => {
  const { store } = await startStore({ faults: [{ fault: { kind: 'timeout', ms: 0 } }] });
  const script = `require('http').request('${store.endpoint}/uploads/a', { method: 'PUT' }).end(Buffer.alloc(2e7))`;
  const client = spawn(process.execPath, ['--eval', script]);
  await store.journal.began({ operation: 'PutObject' });
  client.kill('SIGKILL');
  expect((await store.journal.ended({})).state).toBe('cut');
});

test('reset_peer cuts by time as well as by bytes', async () => {
  const { client, store } = await startStore({
    faults: [
      {
        key: 'time',
        fault: [
          { kind: 'reset_peer', afterMs: 20 },
          { kind: 'timeout', ms: 0 },
        ],
      },
      { key: 'bytes', fault: { kind: 'reset_peer', afterBytes: 1000 } },
    ],
  });
  await expect(client.put('uploads/time', 'x')).rejects.toThrow();
  await expect(client.put('uploads/bytes', new Uint8Array(5000))).rejects.toThrow();
  expect((await client.put('uploads/bytes', new Uint8Array(1000))).status).toBe(200);
  expect(store.journal.transcript()).toEqual([
    'PutObject uploads/bytes try 1: cut (reset_peer)',
    'PutObject uploads/bytes try 2: 200',
    expect.stringMatching(/^PutObject uploads\/time try 1: cut \((timeout, )?reset_peer\)$/),
  ]);
});

test('slow_close answers at once and ends the connection later', async () => {
  const { store, client } = await startStore({
    faults: [{ operation: 'PutObject', fault: { kind: 'slow_close', ms: 40 } }],
  });
  const response = await client.put('uploads/a', 'x');
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
  expect(store.journal.requests()).toMatchObject([{ faults: [{ kind: 'slow_close' }] }]);
});

test('down resets connections under way, and new ones before they ask', async () => {
  const { store, client } = await startStore({ faults: [{ fault: { kind: 'timeout', ms: 0 } }] });
  const held = client.put('uploads/a', 'x');
  const failed = expect(held).rejects.toThrow();
  await store.journal.began({ operation: 'PutObject' });
  store.faults.set([{ fault: { kind: 'down' } }]);
  store.cut();
  await failed;
  const socket = connect(store.port, store.host);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(store.journal.requests()).toHaveLength(1);
  store.faults.clear();
  expect((await client.put('uploads/b', 'x')).status).toBe(200);
});

test('a window in time reaches requests that are under way when it opens', async () => {
  const { store, client } = await startStore({
    faults: [
      { operation: 'PutObject', fault: { kind: 'timeout', ms: 0 } },
      { during: { from: 60 }, fault: { kind: 'down' } },
    ],
  });
  await expect(client.put('uploads/a', 'x')).rejects.toThrow();
  expect(store.journal.requests()[0]?.faults.at(-1)).toEqual({ kind: 'down' });
});

test('a window in time closes again', async () => {
  const { client } = await startStore({
    faults: [{ during: { to: 60, every: 1_000_000 }, fault: { kind: 'timeout', ms: 0 } }],
  });
  expect(await outcome(client.put('uploads/a', 'x'))).toBe('200');
});
