import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { S3Error, type S3ErrorCode } from '../errors/s3-error.ts';
import { errorResponse, toErrorDocument } from './s3-response.ts';

/** Longest time for the head of a request to come in, in milliseconds. */
const HEADERS_TIMEOUT = 20_000;

/** How long an idle connection is kept, in milliseconds. */
const KEEP_ALIVE = 20_000;

/** How long requests under way may go on after `close`, in milliseconds. */
const CLOSE_GRACE = 1_000;

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
}

/** Starts a server. Rejects with Node's error if the port is taken. */
export async function listen(
  { host, port, keepAlive }: ListenAddress,
  serve: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
  connected: (socket: Socket) => void,
): Promise<Listener> {
  const answering = new WeakMap<Socket, ServerResponse>();
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    answering.set(incoming.socket, outgoing);
    if (!server.listening) outgoing.setHeader('connection', 'close');
    void serve(incoming, outgoing);
  };
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE,
    connectionsCheckingInterval: 1_000,
    // A body may take hours, as long as it moves; `readSocket` watches over that.
    requestTimeout: 0,
  });
  server.on('connection', connected);
  if (!keepAlive) {
    server.unref();
    server.on('connection', (socket) => socket.unref());
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
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE);
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
