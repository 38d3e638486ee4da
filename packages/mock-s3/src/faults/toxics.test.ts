import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { Fault } from './fault.ts';
import { around, seededRandom } from './random.ts';
import { Link, linkOf } from './toxics/bandwidth.ts';

const KiB = 1024;
const HOUR = 3_600_000;

/** A store on which one fault is put on the first try of each PutObject and GetObject. */
function storeWith(fault: Fault) {
  return startStore({ faults: [{ operation: ['PutObject', 'GetObject'], attempt: 1, fault }] });
}

test('latency holds back the request, or the response to what is done already', async () => {
  const { client, store } = await startStore({
    faults: [
      { key: 'up', attempt: 1, fault: { kind: 'latency', ms: HOUR, direction: 'upstream' } },
      { key: 'down', attempt: 1, fault: { kind: 'latency', ms: HOUR, direction: 'downstream' } },
    ],
  });
  const puts = ['up', 'down'].map((key) => expect(client.put(`uploads/${key}`, 'x')).rejects.toThrow());
  await expect
    .poll(() => store.journal.requests().map(({ faults }) => faults.length), { timeout: 10_000 })
    .toEqual([1, 1]);
  expect(store.journal.inFlight('PutObject')).toBe(2);
  expect(store.objects('uploads')).toMatchObject([{ key: 'down' }]);
  store.cut();
  await Promise.all(puts);
  expect((await client.put('uploads/up', 'x')).status).toBe(200);
});

test('latency with jitter stays within its bounds', () => {
  const random = seededRandom('jitter');
  const drawn = Array.from({ length: 1000 }, () => around(40, 10, random));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(50);
  expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(19);
});

test('a link lets bytes through at its rate, one after the other', () => {
  const link = new Link(1000);
  expect([link.enqueue(500, 0), link.enqueue(500, 0), link.enqueue(500, 200)]).toEqual([500, 1000, 1300]);
  expect(link.enqueue(500, 10_000)).toBe(500);
});

test('a shared bandwidth is one link for all requests, else each connection has its own', () => {
  const shared = { kind: 'bandwidth', bytesPerSecond: 1000, shared: true } as const;
  const [one, other] = [{}, {}];
  expect(linkOf(shared, 'upstream', one)).toBe(linkOf(shared, 'upstream', other));
  expect(linkOf(shared, 'upstream', one)).not.toBe(linkOf(shared, 'downstream', one));
  const own = { kind: 'bandwidth', bytesPerSecond: 1000 } as const;
  expect(linkOf(own, 'upstream', one)).not.toBe(linkOf(own, 'upstream', other));
  expect(linkOf(own, 'upstream', one)).toBe(linkOf(own, 'upstream', one));
});

test('bandwidth lets bytes trickle, and none is lost', async () => {
  const { client, store } = await storeWith({ kind: 'bandwidth', bytesPerSecond: 5_000 * KiB });
  const body = Buffer.from(Array.from({ length: 200 * KiB }, (_, index) => index % 251));
  await client.put('uploads/a', body);
  expect(Buffer.from(await (await client.send('uploads/a')).arrayBuffer()).equals(body)).toBe(true);
  expect(store.journal.requests()).toMatchObject([
    { faults: [{ kind: 'bandwidth' }] },
    { faults: [{ kind: 'bandwidth' }] },
  ]);
});

test('slicer cuts a response into pieces and loses none', async () => {
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

test('timeout loses what it held back, also where the fault is gone before the connection ends', async () => {
  const { client, store } = await storeWith({ kind: 'timeout', ms: 200, afterBytes: 1000 });
  const put = expect(client.put('uploads/a', new Uint8Array(5000))).rejects.toThrow();
  await expect.poll(() => store.journal.requests()[0]?.faults).toMatchObject([{ kind: 'timeout' }]);
  store.faults.clear();
  await put;
  expect(store.objects('uploads')).toEqual([]);
});

test('timeout 0 is refused, and told of stall', async () => {
  const { store } = await startStore();
  expect(() => store.faults.set([{ fault: { kind: 'timeout', ms: 0 } }])).toThrow('take "stall" for never');
});

test('stall goes on where it stopped once the faults are cleared', async () => {
  const { client, store } = await storeWith({ kind: 'stall', afterBytes: 1000 });
  const put = client.put('uploads/a', new Uint8Array(5000));
  await expect.poll(() => store.journal.requests()[0]?.faults).toMatchObject([{ kind: 'stall' }]);
  expect(store.journal.requests()).toMatchObject([{ state: 'running', bytesReceived: 1000 }]);
  store.faults.clear();
  expect((await put).status).toBe(200);
  expect(store.objects('uploads')).toMatchObject([{ size: 5000 }]);
});

// Elsewhere it is noticed once the fault is gone.
test.runIf(process.platform === 'linux')('stall notices that a client it holds back was killed', async () => {
  const { store } = await startStore({ faults: [{ fault: { kind: 'stall' } }] });
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
        fault: [{ kind: 'reset_peer', afterMs: 20 }, { kind: 'stall' }],
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
    expect.stringMatching(/^PutObject uploads\/time try 1: cut \((stall, )?reset_peer\)$/),
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
  const { store, client } = await startStore({ faults: [{ fault: { kind: 'stall' } }] });
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
  const { store, client } = await startStore();
  // The first request takes longest to arrive: on a busy machine so long that the window was open already.
  await client.put('uploads/first', 'x');
  store.faults.set([
    { operation: 'PutObject', fault: { kind: 'stall' } },
    { during: { from: 300 }, fault: { kind: 'down' } },
  ]);
  await expect(client.put('uploads/a', 'x')).rejects.toThrow();
  expect(store.journal.requests().at(-1)).toMatchObject({ key: 'a', faults: [{ kind: 'stall' }, { kind: 'down' }] });
});

test('a window in time closes again', async () => {
  const { client } = await startStore({
    faults: [{ during: { to: 60, every: 1_000_000 }, fault: { kind: 'stall' } }],
  });
  expect(await outcome(client.put('uploads/a', 'x'))).toBe('200');
});
