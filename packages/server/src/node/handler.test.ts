import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { type NodeHandler, toNodeHandler } from '../node.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(handler: NodeHandler): Promise<number> {
  server = createServer(handler);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

it('hands over method, URL, headers and body, and the response back', async () => {
  const port = await serve(
    toNodeHandler(async (request) =>
      Response.json([request.method, request.url, request.headers.get('x-a'), await request.text()], {
        status: 201,
        headers: { 'x-b': 'c' },
      }),
    ),
  );
  const url = `http://127.0.0.1:${port}/a%20b?c=d`;
  const response = await fetch(url, { method: 'PUT', headers: { 'x-a': 'y' }, body: 'körper' });
  expect([response.status, response.headers.get('x-b')]).toEqual([201, 'c']);
  expect(await response.json()).toEqual(['PUT', url, 'y', 'körper']);
});

it('sees the whole path where it is mounted under one, as Express does', async () => {
  const handler = toNodeHandler(async (request) => new Response(new URL(request.url).pathname));
  const port = await serve((request, response) => {
    const mounted = Object.assign(request, { originalUrl: request.url, url: '/create' });
    return handler(mounted, response);
  });
  expect(await (await fetch(`http://127.0.0.1:${port}/api/photos/create`)).text()).toBe('/api/photos/create');
});

it('answers 500 for a handler that throws, and goes on', async () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const port = await serve(
    toNodeHandler(async () => {
      throw new Error('bug');
    }),
  );
  for (const _ of [1, 2]) expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500);
  expect(silent).toHaveBeenCalledTimes(2);
  silent.mockRestore();
});

it('lives on when a client goes away in the middle of its body', async () => {
  let heard: (outcome: string) => void;
  const outcome = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const port = await serve(
    toNodeHandler(async (request) => {
      await request.text().then(heard, () => heard('failed'));
      return new Response('late');
    }),
  );
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroy());
  });
  expect(await outcome).toBe('failed');
});
