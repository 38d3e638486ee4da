import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createMockS3 } from '@portage/mock-s3';
import type { Created, SignResponse } from '@portage/protocol';
import { describe, expect, it } from 'vitest';
import { BUCKET, bytesOf, JSON_TYPE, MiB, SECRET, sendParts } from '../../test/harness.ts';
import { createUploads, s3 } from '../index.ts';
import { type Served, serve } from '../node.ts';

const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
const storage = s3({ bucket: 'b', credentials });
const statusOf = async (url: string) => (await fetch(url)).status;

describe('a server', () => {
  it('says that it lives, and when it ends, that nobody should come any more', async () => {
    const uploads = createUploads({ storage, secret: SECRET, routes: {}, basePath: '/up' });
    const { port, close } = await serve(uploads, { port: 0, signals: [], drainFor: 1_000 });
    const url = `http://127.0.0.1:${port}/up/healthz`;
    const alive = await fetch(url);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    const closed = close();
    expect(await statusOf(url)).toBe(503);
    await closed;
    await expect(fetch(url)).rejects.toThrow();
    await close();
  });

  it('lets a call under way end when it is asked to end by a signal', async () => {
    const begun = '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>';
    const uploads = createUploads({
      storage: s3({ bucket: 'b', credentials, fetch: async () => new Response(begun) }),
      secret: SECRET,
      routes: { files: { authorize: () => delay(150, { userId: 'ann' }) } },
    });
    const { port } = await serve(uploads, { port: 0, signals: ['SIGUSR2'] });
    const url = `http://127.0.0.1:${port}/files/create`;
    const body = JSON.stringify({ files: [{ name: 'a', size: 1, type: '' }] });
    const underWay = fetch(url, { method: 'POST', headers: JSON_TYPE, body });
    await delay(50);
    process.kill(process.pid, 'SIGUSR2');
    expect((await underWay).status).toBe(200);
    await expect(fetch(url, { method: 'POST', headers: JSON_TYPE, body })).rejects.toThrow();
  });

  it('cuts off what does not end in time', async () => {
    const uploads = createUploads({
      storage,
      secret: SECRET,
      routes: { files: { authorize: () => new Promise<null>(() => undefined) } },
    });
    const { port, close } = await serve(uploads, { port: 0, signals: [], closeWithin: 50 });
    const stuck = fetch(`http://127.0.0.1:${port}/files/create`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
    stuck.catch(() => undefined);
    await delay(30);
    await close();
    await expect(stuck).rejects.toThrow();
  });

  it('refuses a wait that no timer knows: it would be over at once, and cut off every call', async () => {
    const uploads = createUploads({ storage, secret: SECRET, routes: {} });
    const options = { port: 0, signals: [], closeWithin: Infinity };
    await expect(serve(uploads, options)).rejects.toThrow('`closeWithin` is Infinity');
  });

  it('says that its port is taken', async () => {
    const uploads = createUploads({ storage, secret: SECRET, routes: {} });
    const { port, close } = await serve(uploads, { port: 0, signals: [] });
    await expect(serve(uploads, { port, signals: [] })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await close();
  });
});

describe('two servers behind a plain proxy', () => {
  /** Sends each call to a server that is there; knows nothing of uploads. */
  async function startProxy(ports: () => readonly number[]): Promise<Server> {
    let turn = 0;
    const proxy = createServer((incoming, outgoing) => {
      const alive = ports();
      const port = alive[turn++ % alive.length];
      const { method, url, headers } = incoming;
      const onward = httpRequest({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.writeHead(502).end());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  it('are killed in turn during an upload, which ends with exactly its bytes', async () => {
    await using store = await createMockS3({ buckets: [BUCKET] });
    const start = () =>
      serve(
        createUploads({
          storage: s3({ endpoint: store.endpoint, bucket: BUCKET, credentials: store.credentials[0] }),
          secret: SECRET,
          routes: { files: { anonymous: true, onComplete: ({ size }) => size } },
        }),
        { port: 0, signals: [] },
      );
    const kill = ({ server }: Served) => {
      server.close();
      server.closeAllConnections();
    };
    let alive = [await start(), await start()];
    const proxy = await startProxy(() => alive.map(({ port }) => port));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/files`;
    const call = async <T>(operation: string, body: object): Promise<T> => {
      const response = await fetch(`${url}/${operation}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(200);
      return response.json() as T;
    };
    /** One of the two dies, and another one is started in its place: nothing that it knew is left. */
    const replace = async () => {
      const [first, second] = alive;
      if (!first || !second) throw new Error('two servers are expected');
      alive = [second];
      kill(first);
      alive = [second, await start()];
    };

    const bytes = bytesOf(15 * MiB);
    const intent = { name: 'a.bin', size: bytes.length, type: '', partSize: 5 * MiB };
    const { files } = await call<{ files: [Created] }>('create', { files: [intent] });
    const { token, key } = files[0];
    const parts = [];
    for (const partNumber of [1, 2, 3]) {
      await replace();
      const { requests } = await call<SignResponse>('sign', { token, parts: [partNumber] });
      parts.push(...(await sendParts(requests, 5 * MiB, bytes)));
      await replace();
    }
    expect(await call('complete', { token, parts })).toMatchObject({ key, size: bytes.length, result: bytes.length });
    await replace();
    expect(await call('complete', { token, parts })).toMatchObject({ key, size: bytes.length });

    for (const each of alive) kill(each);
    proxy.close();
    proxy.closeAllConnections();
  });
});
