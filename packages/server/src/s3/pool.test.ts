import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BUCKET } from '../../test/harness.ts';
import { pooledFetch } from './pool.ts';
import { s3 } from './s3.ts';

async function serve(listener: RequestListener) {
  const sockets: Socket[] = [];
  const server = createServer(listener).on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sockets, server };
}

describe('connections to the store', () => {
  it('are kept: 20 HEADs and 20 GETs need one', async () => {
    const { url, sockets } = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 5 }).end('hello'),
    );
    for (let i = 0; i < 20; i++) {
      const head = await pooledFetch(url, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length'), head.body]).toEqual([200, '5', null]);
      expect(await (await pooledFetch(url)).text()).toBe('hello');
    }
    expect(sockets).toHaveLength(1);
  });

  it('are 128 at most, however many calls there are', async () => {
    const { url, sockets } = await serve((_, response) =>
      setImmediate(() => response.writeHead(200, { 'content-length': 0 }).end()),
    );
    const answers = await Promise.all(Array.from({ length: 500 }, () => pooledFetch(url, { method: 'HEAD' })));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(sockets.length).toBeLessThanOrEqual(128);
  });

  it('that the store has closed meanwhile cost no call', async () => {
    const { url, sockets } = await serve((request, response) => {
      request.resume();
      response.end('hello');
    });
    for (let i = 0; i < 5; i++) {
      const body = new TextEncoder().encode('x'.repeat(i));
      expect(await (await pooledFetch(url, { method: 'POST', body })).text()).toBe('hello');
      // As if the end of it were still on its way when the next call is made.
      sockets.at(-1)?.resetAndDestroy();
    }
    expect(sockets).toHaveLength(5);
  });

  it('that the store has closed all at once, as after a rest, cost no call', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { url, sockets } = await serve(async (_, response) => {
      if (sockets.length === 8) open();
      await opened;
      response.end('hello');
    });
    const call = async () => (await pooledFetch(url, { method: 'POST' })).text();
    await Promise.all(Array.from({ length: 8 }, call));
    for (const socket of sockets) socket.resetAndDestroy();
    expect(await Promise.all([call(), call(), call()])).toEqual(['hello', 'hello', 'hello']);
  });

  it('end with the signal of their call, also in the middle of a response', async () => {
    const { url } = await serve((_, response) => void response.write('half'));
    const controller = new AbortController();
    const response = await pooledFetch(url, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow();
    const hanging = await serve(() => undefined);
    await expect(pooledFetch(hanging.url, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  });

  it('that nobody takes fail in words, as does what is no HTTP', async () => {
    await expect(pooledFetch('http://127.0.0.1:9/')).rejects.toThrow('ECONNREFUSED');
    await expect(pooledFetch('ftp://127.0.0.1/')).rejects.toThrow();
  });

  it('follow no redirect, and carry a body with its length', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(307, {
        location: 'http://127.0.0.1:9/',
        'x-length': request.headers['content-length'] ?? 'none',
      });
      response.end();
    });
    for (const [method, body, length] of [
      ['PUT', 'abc', '3'],
      ['POST', undefined, '0'],
      ['GET', undefined, 'none'],
    ] as const) {
      const init = { method, ...(body !== undefined && { body: new TextEncoder().encode(body) }) };
      const response = await pooledFetch(url, init);
      expect([response.status, response.headers.get('x-length')]).toEqual([307, length]);
    }
  });
});

it('a storage uses them unless it is given a fetch of its own', async () => {
  const { url, sockets } = await serve((_, response) => response.writeHead(404, { 'content-length': 0 }).end());
  const place = { endpoint: url, bucket: BUCKET, credentials: { accessKeyId: 'a', secretAccessKey: 's' } };
  for (let i = 0; i < 10; i++) expect(await s3(place).headObject('missing')).toBeUndefined();
  expect(sockets).toHaveLength(1);
  let asked = 0;
  const own: typeof fetch = (...args) => {
    asked++;
    return fetch(...args);
  };
  await s3({ ...place, fetch: own }).headObject('missing');
  expect(asked).toBe(1);
});
