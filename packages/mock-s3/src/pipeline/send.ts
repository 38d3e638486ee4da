import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestBody } from '../http/body.ts';
import { type ByteStage, expectsContinue } from '../http/body-source.ts';
import type { S3Response } from '../http/s3-response.ts';

/**
 * Most bytes of an unread body that are read and thrown away, so that a client that sends first and reads afterwards,
 * as browsers do, gets to read why it was refused. A body with more left loses its connection.
 */
const DISCARD = 16 * 1024 * 1024;

/** One request on its connection. */
export interface Connection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: RequestBody;
}

/**
 * Sends a response, and leaves the connection ready for the next request, or closed.
 * @param beforeEnd - What the end of the connection waits for; having one makes it end.
 */
export async function send(
  { incoming, outgoing, body }: Connection,
  response: S3Response,
  stages: readonly ByteStage[],
  beforeEnd?: () => Promise<void>,
): Promise<void> {
  const canReuse = beforeEnd === undefined && (incoming.complete || canDiscard(incoming, body));
  if (!canReuse) outgoing.setHeader('connection', 'close');
  outgoing.writeHead(response.status, { ...response.headers, ...contentLength(incoming, response) });
  if (response.body !== undefined && incoming.method !== 'HEAD') {
    const bytes = typeof response.body === 'string' ? [Buffer.from(response.body)] : response.body.open();
    await writeAll(outgoing, through(stages, bytes));
  } else outgoing.flushHeaders();
  if (!incoming.complete && isReadable(incoming, body)) await body.discard(DISCARD);
  await beforeEnd?.();
  outgoing.end();
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
async function writeAll(outgoing: ServerResponse, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of bytes) {
    if (!outgoing.write(chunk)) await drained(outgoing);
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
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
