import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createAlpnLook } from './alpn.ts';
import { s3 } from './s3.ts';

const { key, cert } = makeCertificate();

afterEach(() => {
  vi.restoreAllMocks();
});

/** A store as far as its TLS goes. */
async function serve(ALPNProtocols: string[] | undefined) {
  const connections: Socket[] = [];
  const server = tls.createServer({ key, cert, ...(ALPNProtocols && { ALPNProtocols }) });
  server.on('connection', (socket) => connections.push(socket)).on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/bucket`, connections };
}

/** Has the certificate above be one that somebody has signed. */
function trust() {
  const connect = vi.fn((options: tls.ConnectionOptions) => tls.connect({ ...options, ca: cert }));
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ connect } as never);
  return connect;
}

const ended = (connect: ReturnType<typeof trust>) =>
  Promise.all(
    connect.mock.results.map(async ({ value: socket }) => {
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    }),
  );

it.each([
  ['HTTP/2 and HTTP/1.1', ['h2', 'http/1.1'], true],
  ['HTTP/1.1', ['http/1.1'], false],
  ['nothing in its TLS', undefined, false],
] as const)('a store that offers %s is seen to, and looked at once', async (_, offered, expected) => {
  const connect = trust();
  const { url, connections } = await serve(offered && [...offered]);
  const look = createAlpnLook([url]);
  expect(look()).toBeUndefined();
  await vi.waitFor(() => expect(look()).toBe(expected));
  await ended(connect);
  expect(look()).toBe(expected);
  expect(connections).toHaveLength(1);
});

it('stays unknown where the runtime throws at being asked for protocols, as workerd does', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const connect = vi.fn(() => {
    throw new Error('The options.ALPNProtocols option is not implemented');
  });
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ connect } as never);
  const look = createAlpnLook(['https://store.example/bucket']);
  expect(look()).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  expect([connect.mock.calls.length, unhandled.mock.calls, look()]).toEqual([1, [], undefined]);
});

it('a store speaks HTTP/2 where all of its names do', async () => {
  trust();
  const [one, other] = [await serve(['h2']), await serve(['http/1.1'])];
  const look = createAlpnLook([one.url, other.url]);
  look();
  await vi.waitFor(() => expect(look()).toBe(false));
});

it.each([
  ['is out of reach', 'https://127.0.0.1:1/'],
  ['shows a certificate that nobody has signed', undefined],
])('what a store speaks stays unknown where it %s', async (_, address) => {
  const connect = vi.fn(tls.connect);
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ connect } as never);
  const look = createAlpnLook([address ?? (await serve(['h2'])).url]);
  look();
  await ended(connect as never);
  expect(look()).toBeUndefined();
});

it('nothing is looked at over plain HTTP, without `node:tls`, or where somebody has said it', async () => {
  const connect = trust();
  const place = { bucket: 'bucket', region: 'x', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  createAlpnLook(['http://localhost/'])();
  for (const said of [{ http2: false }, { profile: 'r2' }, { fetch }] as const)
    s3({ ...place, endpoint: 'https://localhost', ...said }).http2;
  expect(connect).not.toHaveBeenCalled();
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  expect(createAlpnLook(['https://localhost/'])()).toBeUndefined();
});

it('uploads hear of HTTP/2 as soon as it is seen', async () => {
  trust();
  const { url } = await serve(['h2']);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const storage = s3({ endpoint: new URL(url).origin, bucket: 'bucket', region: 'x', credentials });
  expect(storage.http2).toBe(false);
  await vi.waitFor(() => expect(storage.http2).toBe(true));
});

function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'portage-alpn-'));
  const ask =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout key -out cert ' +
    '-addext subjectAltName=DNS:localhost';
  try {
    execFileSync('openssl', ask.split(' '), { cwd: folder, stdio: 'pipe' });
    return { key: readFileSync(join(folder, 'key')), cert: readFileSync(join(folder, 'cert')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
