import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2Session } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { S3Error, type S3ErrorCode } from '../errors/s3-error.ts';
import type { Certificate } from './certificate.ts';
import type { Exchange } from './exchange.ts';
import { errorResponse, toErrorDocument } from './s3-response.ts';

/** Longest time for the head of a request to come in, in milliseconds. */
const HEADERS_TIMEOUT = 20_000;

/** How long an idle connection is kept, in milliseconds. */
const KEEP_ALIVE = 20_000;

/** How long requests under way may go on after `close`, in milliseconds. */
const CLOSE_GRACE = 1_000;

/** Bytes that a client may send ahead over HTTP/2: of one request, and of all on a connection. */
const STREAM_WINDOW = 1024 * 1024;
const CONNECTION_WINDOW = 16 * 1024 * 1024;

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Ends idle connections at once, the others when they are done, or after a second. */
  readonly close: () => Promise<void>;
}

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether the process lives on while it listens. */
  readonly keepAlive: boolean;
  /** TLS, and with `http2` HTTP/2 for clients that know it. @default plain HTTP/1.1 */
  readonly secure?: (Certificate & { readonly http2: boolean }) | undefined;
}

/** Starts a server. Rejects with Node's error if the port is taken. */
export async function listen(
  { host, port, keepAlive, secure }: ListenAddress,
  serve: (exchange: Exchange) => Promise<void>,
  connected: (socket: Socket) => void,
): Promise<Listener> {
  const answering = new WeakMap<Socket, ServerResponse>();
  /** By their far ends: what TLS gives a request in place of its connection cannot be reset. */
  const connections = new Map<string, Socket>();
  const sessions = new Set<Http2Session>();
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const stream = incoming.httpVersionMajor === 2 ? asHttp1(incoming) : undefined;
    const socket = connections.get(farEnd(incoming.socket));
    // It has gone with its request.
    if (socket === undefined) return;
    answering.set(incoming.socket, outgoing);
    if (!server.listening && !stream) outgoing.setHeader('connection', 'close');
    void serve({ incoming, outgoing, socket, stream, scheme: secure ? 'https' : 'http' });
  };
  const server = openServer(secure);
  server.on('connection', (socket: Socket) => {
    const end = farEnd(socket);
    connections.set(end, socket);
    socket.once('close', () => connections.delete(end));
    connected(socket);
  });
  server.on('session', (session: Http2Session & { setLocalWindowSize(size: number): void }) => {
    session.setLocalWindowSize(CONNECTION_WINDOW);
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  if (!keepAlive) {
    server.unref();
    server.on('connection', (socket: Socket) => socket.unref());
  }
  server.on('request', onRequest);
  // Leave to send the body is given by whoever reads it, see `readSocket`.
  server.on('checkContinue', onRequest);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuse(error, socket, answering.get(socket)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const close = (): Promise<void> => closeServer(server, connections, sessions);
  return { port: (server.address() as AddressInfo).port, close };
}

function openServer(secure: ListenAddress['secure']): Server {
  const options = {
    headersTimeout: HEADERS_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    connectionsCheckingInterval: 1_000,
    // A body may take hours, as long as it moves; `readSocket` watches over that.
    requestTimeout: 0,
  };
  if (!secure) return createServer(options);
  const { http2, key, cert } = secure;
  if (!http2) return createTlsServer({ ...options, key, cert });
  const settings = { initialWindowSize: STREAM_WINDOW };
  // The same interface, as far as it is used here; over HTTP/1.1 it is the same.
  return createSecureServer({ ...options, key, cert, allowHTTP1: true, settings }) as unknown as Server;
}

/** Names the one `host` that HTTP/1.1 has, also where it is signed. */
function asHttp1(incoming: IncomingMessage): Exchange['stream'] {
  const { authority, stream } = incoming as unknown as Http2ServerRequest;
  if (incoming.headers.host === undefined) {
    incoming.headers.host = authority;
    incoming.rawHeaders.push('host', authority);
  }
  return stream;
}

const farEnd = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

async function closeServer(
  server: Server,
  connections: ReadonlyMap<string, Socket>,
  sessions: Iterable<Http2Session>,
): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections?.();
  for (const session of sessions) session.close();
  const timer = setTimeout(() => {
    for (const socket of connections.values()) socket.destroy();
  }, CLOSE_GRACE);
  await closed;
  clearTimeout(timer);
}

const CODES: Readonly<Record<string, S3ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'RequestHeaderSectionTooLarge',
  HPE_INVALID_EOF_STATE: 'IncompleteBody',
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeout',
};

/** Answers what Node's parser could not read. */
function refuse(error: NodeJS.ErrnoException, socket: Socket, current: ServerResponse | undefined): void {
  const isDone = current === undefined || current.writableFinished;
  if (!isDone && current.req.complete) {
    // Rubbish after a whole request, such as a body longer than declared: that request still gets its response.
    current.once('finish', () => socket.destroySoon());
    return;
  }
  if (!socket.writable || (!isDone && current.headersSent)) {
    socket.destroy();
    return;
  }
  const refusal = toErrorDocument(new S3Error(CODES[error.code ?? ''] ?? 'BadRequest'));
  const { body } = errorResponse(refusal, { resource: '/', requestId: '', hostId: '' });
  const text = typeof body === 'string' ? body : '';
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${refusal.code}`,
      'content-type: application/xml',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
