import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/** One request with its response, and what carries them: over HTTP/1.1 a connection, over HTTP/2 one stream of many. */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The TCP connection, below TLS. */
  readonly socket: Socket;
  /** Undefined over HTTP/1.1. */
  readonly stream: ServerHttp2Stream | undefined;
  readonly scheme: 'http' | 'https';
}

/** Whether the whole body has come in. */
export function isComplete({ incoming, stream }: Exchange): boolean {
  return stream ? stream.endAfterHeaders || stream.readableEnded : incoming.complete;
}

/** Whether the client, or a fault, has ended it: then an error is no bug, and a response has no reader. */
export function isGone({ incoming, socket, stream }: Exchange): boolean {
  if (socket.destroyed) return true;
  if (stream) return stream.destroyed || stream.closed;
  return incoming.errored !== null || (incoming.destroyed && !incoming.complete);
}

/** Breaks off this request and no other: over HTTP/2 its stream (RST_STREAM), over HTTP/1.1 its connection (RST). */
export function resetExchange({ socket, stream }: Exchange): void {
  if (stream) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else socket.resetAndDestroy();
}

/** Has the connection take no request after this one: `Connection: close`, or GOAWAY. To be called before the response. */
export function closeAfter({ outgoing, stream }: Exchange): void {
  if (stream) stream.session?.close();
  else outgoing.setHeader('connection', 'close');
}
