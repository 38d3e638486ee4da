import type { IncomingMessage } from 'node:http';
import { constants } from 'node:http2';
import type { Writable } from 'node:stream';
import type { RequestBody } from '../http/body.ts';
import { type ByteStage, expectsContinue } from '../http/body-source.ts';
import { closeAfter, type Exchange, isComplete } from '../http/exchange.ts';
import type { S3Response } from '../http/s3-response.ts';

/**
 * Most bytes of an unread body that are read and thrown away, so that a client that sends first and reads afterwards,
 * as browsers do, gets to read why it was refused. A body with more left loses its connection.
 */
const DISCARD = 16 * 1024 * 1024;

/** One request on its connection. */
export interface Connection extends Exchange {
  readonly body: RequestBody;
}

/**
 * Sends a response, and leaves the connection ready for the next request, or closed.
 * @param beforeEnd - What the end of the connection waits for; having one makes it end.
 */
export async function send(
  connection: Connection,
  response: S3Response,
  stages: readonly ByteStage[],
  beforeEnd?: () => Promise<void>,
): Promise<void> {
  const { incoming, outgoing, stream, body } = connection;
  // Over HTTP/2 it is the stream that ends with what is left of its body.
  const canReuse = stream !== undefined || isComplete(connection) || canDiscard(incoming, body);
  if (beforeEnd !== undefined || !canReuse) closeAfter(connection);
  outgoing.writeHead(response.status, { ...response.headers, ...contentLength(incoming, response) });
  if (response.body !== undefined && incoming.method !== 'HEAD') {
    const bytes = typeof response.body === 'string' ? [Buffer.from(response.body)] : response.body.open();
    await writeAll(stream ?? outgoing, (chunk) => outgoing.write(chunk), through(stages, bytes));
  } else outgoing.flushHeaders();
  if (!isComplete(connection) && isReadable(incoming, body)) await body.discard(DISCARD);
  await beforeEnd?.();
  outgoing.end();
  // All is said: whatever still comes is not wanted (RFC 9113, 8.1).
  if (stream && !isComplete(connection)) stream.close(constants.NGHTTP2_NO_ERROR);
}

/** A client that still waits for leave to send its body will not send it. */
function isReadable(incoming: IncomingMessage, { state }: RequestBody): boolean {
  return state === 'open' || (state === 'untouched' && !expectsContinue(incoming));
}

function canDiscard(incoming: IncomingMessage, body: RequestBody): boolean {
  return isReadable(incoming, body) && (body.declaredSize ?? Number.POSITIVE_INFINITY) <= DISCARD;
}

function contentLength({ method }: IncomingMessage, { status, headers, body }: S3Response): Record<string, string> {
  if (status === 204 || status === 304 || 'content-length' in headers) return {};
  if (body === undefined) return method === 'HEAD' && status >= 400 ? {} : { 'content-length': '0' };
  return { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body.size) };
}

async function* through(
  stages: readonly ByteStage[],
  bytes: Iterable<Buffer> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const source = bytes as AsyncIterable<Buffer>;
  yield* stages.reduce<AsyncIterable<Buffer>>((before, stage) => stage(before), source);
}

/** Writes with back-pressure, and gives up when the client is gone. */
async function writeAll(
  sink: Writable,
  write: (chunk: Uint8Array) => boolean,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const chunk of bytes) {
    if (!write(chunk)) await drained(sink);
  }
}

function drained(outgoing: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      outgoing.off('drain', settle).off('close', settle);
      if (outgoing.destroyed) reject(new Error('The client is gone.'));
      else resolve();
    };
    outgoing.on('drain', settle).on('close', settle);
    if (outgoing.destroyed) settle();
  });
}
