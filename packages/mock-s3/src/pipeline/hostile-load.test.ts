import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outcome } from '../test-support/client.ts';
import { rawRequest, rawSocket, signedHeaders } from '../test-support/raw-request.ts';
import { startStore } from '../test-support/start-store.ts';

const MiB = 1024 * 1024;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'mock-s3-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test.each(['/uploads/../../../../etc/passwd', '/uploads/..%5C..%5Csecret', '/uploads/a%00b', '/uploads//etc/x'])(
  'keeps %s as a key, inside its folder',
  async (path) => {
    const outside = await folder();
    const { store } = await startStore({ dataDir: join(outside, 'data') });
    const request = { method: 'PUT', path, body: 'x' };
    const headers = await signedHeaders(store, request);
    expect((await rawRequest(store, { ...request, headers: { ...headers, 'content-length': 1 } })).status).toBe(200);
    expect(await readdir(outside)).toEqual(['data']);
    expect(store.objects('uploads')).toMatchObject([{ key: decodeURIComponent(path.slice('/uploads/'.length)) }]);
  },
);

test('does not follow a symbolic link in its folder out of it', async () => {
  const outside = await folder();
  await writeFile(join(outside, 'secret'), 'secret');
  const reported: unknown[] = [];
  const onInternalError = (error: unknown) => reported.push(error);
  const { store, client } = await startStore({ dataDir: join(outside, 'data'), onInternalError });
  await client.put('uploads/a', 'public');
  const blobs = join(store.dataDir, 'buckets/uploads/blobs');
  const [blob = ''] = await readdir(blobs);
  await rm(join(blobs, blob));
  await symlink(join(outside, 'secret'), join(blobs, blob));
  const text = await client.send('uploads/a').then(
    (response) => response.text(),
    () => 'nothing',
  );
  expect(text).not.toContain('secret');
  expect(String(reported[0])).toContain('ELOOP');
  await client.put('uploads/a', 'new').catch(() => undefined);
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
});

test('refuses 10 MB of headers', async () => {
  const { store, client } = await startStore();
  const head = `GET / HTTP/1.1\r\nHost: a\r\n${`x-padding: ${'x'.repeat(1000)}\r\n`.repeat(10_000)}\r\n`;
  // The response may be lost when the connection ends while the client is still sending.
  expect(await rawSocket(store, head).catch(() => '')).toMatch(/^(HTTP\/1.1 431 .*)?$/s);
  expect((await client.put('uploads/a', 'x')).status).toBe(200);
});

test.each([
  ['entities that grow', `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><Delete>&b;</Delete>`],
  [
    'an entity from a file',
    `<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&a;</Key></Object></Delete>`,
  ],
  ['endless nesting', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
  ['no end', '<Delete><Object>'],
])('refuses XML with %s', async (_, body) => {
  const { client } = await startStore();
  expect(await outcome(client.send('uploads?delete', { method: 'POST', body }))).toBe('400 MalformedXML');
});

test('serves others while 200 clients send next to nothing, and memory stays flat', { timeout: 30_000 }, async () => {
  const { store, client } = await startStore();
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  const { pathname, search } = new URL(await client.presign('uploads/slow', { method: 'PUT' }));
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 200; n++) {
    const socket = connect(store.port, store.host);
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\nContent-Length: 1000000\r\n\r\nx`,
    );
  }
  expect((await client.put('uploads/a', new Uint8Array(MiB))).status).toBe(200);
  expect((await client.send('uploads/a')).status).toBe(200);
  expect(store.journal.inFlight('PutObject')).toBe(200);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MiB);
});

test('serves others while 100 clients ask for 8 MiB and read nothing of it', { timeout: 30_000 }, async () => {
  const { store, client } = await startStore();
  await client.put('uploads/large', new Uint8Array(8 * MiB));
  const { pathname, search } = new URL(await client.presign('uploads/large'));
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 100; n++) {
    const socket = connect(store.port, store.host).pause();
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${store.host}:${store.port}\r\n\r\n`);
  }
  await expect.poll(() => store.journal.inFlight('GetObject'), { timeout: 10_000 }).toBe(100);
  expect((await client.put('uploads/a', new Uint8Array(MiB))).status).toBe(200);
  expect((await client.send('uploads/a')).status).toBe(200);
  // Kept whole, they would be 800 MiB.
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * MiB);
});
