import { once } from 'node:events';
import { constants } from 'node:http2';
import { get } from 'node:https';
import { connect } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeCertificate } from '../http/certificate.ts';
import { connectHttp2, ended } from '../test-support/http2-client.ts';
import { startStore } from '../test-support/start-store.ts';

const KiB = 1024;

test('speaks HTTP/2 and HTTP/1.1 over TLS, and is the same store without', async () => {
  const { store } = await startStore({ http2: true });
  expect(store.endpoint).toMatch(/^https:/);
  const { put, get: read } = await connectHttp2(store);
  const body = Buffer.alloc(3 * 1024 * KiB, 'a');
  expect(await put('uploads/a', body)).toMatchObject({ status: 200 });
  expect(await read('uploads/a')).toMatchObject({ status: 200, text: body.toString() });
  expect(await read('uploads/none')).toMatchObject({ status: 404, text: expect.stringContaining('NoSuchKey') });
  expect(await put('uploads/empty', Buffer.alloc(0))).toMatchObject({ status: 200 });

  const [old] = await once(get(`${store.endpoint}/uploads/a`, { ca: store.certificate ?? '' }), 'response');
  expect([old.statusCode, old.httpVersion]).toEqual([403, '1.1']);
  old.destroy();
  expect((await fetch(`${store.plainEndpoint}/uploads/a`)).status).toBe(403);
  expect((await fetch(`${store.controlUrl}profiles`)).status).toBe(200);
  expect(store.objects('uploads').map(({ key, size }) => [key, size])).toEqual([
    ['a', body.length],
    ['empty', 0],
  ]);
});

test('speaks HTTP/1.1 alone over TLS where nobody asked for more', async () => {
  const { store } = await startStore({ tls: true });
  const socket = connect({
    host: store.host,
    port: store.port,
    ca: store.certificate,
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('http/1.1');
  socket.destroy();
});

test('takes a certificate of the app’s own', async () => {
  const own = await makeCertificate('store.test');
  const { store } = await startStore({ http2: true, tls: own });
  expect(store.certificate).toBe(own.cert);
  expect(await (await connectHttp2(store)).put('uploads/a', Buffer.alloc(10))).toMatchObject({ status: 200 });
  const broken = startStore({ tls: { ...own, key: 'no key' } });
  await expect(broken).rejects.toMatchObject({ name: 'MockS3StartError', code: 'invalid-option' });
  await expect(startStore({ http2: true, tls: false })).rejects.toMatchObject({ code: 'invalid-option' });
});

test('says what to do where there is no openssl', async () => {
  vi.stubEnv('PATH', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startStore({ tls: true })).rejects.toMatchObject({
    code: 'invalid-option',
    message: expect.stringMatching(/openssl.* Install openssl, or give a key and a certificate of your own: tls: {/),
  });
});

test('refuses a body that it does not read, and says why', async () => {
  const { store } = await startStore({ http2: true });
  const { session } = await connectHttp2(store);
  const stream = session.request({ ':method': 'PUT', ':path': '/uploads/a', 'content-length': 40_000 * KiB });
  stream.write(Buffer.alloc(100 * KiB));
  const [headers] = await once(stream, 'response');
  expect(headers[':status']).toBe(403);
  stream.destroy();
});

test('keeps nothing of a request whose stream the client resets', async () => {
  const { store } = await startStore({ http2: true });
  const { begin, put } = await connectHttp2(store);
  for (const code of [constants.NGHTTP2_CANCEL, constants.NGHTTP2_NO_ERROR]) {
    const stream = await begin('uploads/half', 1000 * KiB);
    stream.write(Buffer.alloc(100 * KiB));
    await store.journal.began({ operation: 'PutObject' });
    await expect.poll(() => store.journal.bytesReceived()).toBeGreaterThan(0);
    stream.close(code);
    await expect.poll(() => store.journal.inFlight()).toBe(0);
    expect(store.journal.requests()).toMatchObject([{ state: 'cut' }]);
    store.journal.clear();
  }
  expect(store.objects('uploads')).toEqual([]);
  expect(await put('uploads/whole', Buffer.alloc(10))).toMatchObject({ status: 200 });
});

test('reset_stream and lost_reply break off one request, and the others on its connection go on', async () => {
  const { store } = await startStore({
    http2: true,
    faults: [
      { key: 'held', fault: { kind: 'stall' } },
      { key: 'reset', attempt: 1, fault: { kind: 'reset_stream', afterBytes: 100 * KiB } },
      { key: 'lost', attempt: 1, fault: { kind: 'lost_reply' } },
    ],
  });
  const { put, session } = await connectHttp2(store);
  const held = put('uploads/held', Buffer.alloc(10));
  await store.journal.began({ key: 'held' });
  const body = Buffer.alloc(500 * KiB);
  expect(await put('uploads/reset', body)).toEqual({ reset: constants.NGHTTP2_INTERNAL_ERROR });
  expect(await put('uploads/lost', body)).toEqual({ reset: constants.NGHTTP2_INTERNAL_ERROR });
  expect(store.objects('uploads').map(({ key }) => key)).toEqual(['lost']);
  expect(store.journal.requests({ key: 'reset' })).toMatchObject([{ state: 'cut', bytesReceived: 100 * KiB }]);
  expect(await put('uploads/reset', body)).toMatchObject({ status: 200 });
  store.faults.clear();
  expect(await held).toMatchObject({ status: 200 });
  expect(session.destroyed).toBe(false);
});

test.each([
  ['reset_peer', { kind: 'reset_peer', afterBytes: 1000 }],
  ['limit_data', { kind: 'limit_data', bytes: 1000 }],
  ['timeout', { kind: 'timeout', ms: 30, afterBytes: 1000 }],
] as const)('%s takes the whole connection with it, and all its requests', async (_, fault) => {
  const { store } = await startStore({
    http2: true,
    faults: [
      { key: 'held', fault: { kind: 'stall' } },
      { key: 'broken', fault },
    ],
  });
  const { put, session } = await connectHttp2(store);
  const held = put('uploads/held', Buffer.alloc(10));
  await store.journal.began({ key: 'held' });
  const closed = new Promise((resolve) => session.once('close', resolve));
  expect(await put('uploads/broken', Buffer.alloc(500 * KiB))).toHaveProperty('reset');
  await closed;
  expect(await held).toHaveProperty('reset');
  await expect.poll(() => store.journal.requests().map(({ state }) => state)).toEqual(['cut', 'cut']);
  expect(await (await connectHttp2(store)).put('uploads/new', Buffer.alloc(10))).toMatchObject({ status: 200 });
});

test('slow_close sends GOAWAY: the connection takes no more requests, and those under way finish', async () => {
  const { store } = await startStore({
    http2: true,
    faults: [
      { key: 'held', fault: { kind: 'stall' } },
      { key: 'last', fault: { kind: 'slow_close', ms: 0 } },
    ],
  });
  const { put, session } = await connectHttp2(store);
  const held = put('uploads/held', Buffer.alloc(10));
  await store.journal.began({ key: 'held' });
  const away = once(session, 'goaway');
  expect(await put('uploads/last', Buffer.alloc(10))).toMatchObject({ status: 200 });
  expect((await away)[0]).toBe(constants.NGHTTP2_NO_ERROR);
  const closed = new Promise((resolve) => session.once('close', resolve));
  store.faults.clear();
  expect(await held).toMatchObject({ status: 200 });
  await closed;
});

test('a stalled request holds up no other, and cut ends all', async () => {
  const { store } = await startStore({
    http2: true,
    faults: [{ key: 'held', fault: { kind: 'stall', afterBytes: 1000 } }],
  });
  const { put, begin, session } = await connectHttp2(store);
  const held = await begin('uploads/held', 8000 * KiB);
  held.end(Buffer.alloc(8000 * KiB));
  await store.journal.began({ key: 'held' });
  for (let number = 0; number < 8; number += 1)
    expect(await put(`uploads/${number}`, Buffer.alloc(4000 * KiB))).toMatchObject({ status: 200 });
  const closed = new Promise((resolve) => session.once('close', resolve));
  const end = ended(held);
  expect(store.cut()).toBe(1);
  expect(await end).toHaveProperty('reset');
  await closed;
});

test('stops while a connection is open', async () => {
  const { store } = await startStore({ http2: true, faults: [{ fault: { kind: 'stall' } }] });
  const { put } = await connectHttp2(store);
  const held = put('uploads/held', Buffer.alloc(10));
  await store.journal.began({});
  await store.close();
  expect(await held).toHaveProperty('reset');
});
