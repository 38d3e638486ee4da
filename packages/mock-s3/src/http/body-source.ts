import type { IncomingMessage } from 'node:http';
import { S3Error } from '../errors/s3-error.ts';
import type { Exchange } from './exchange.ts';

/** Changes bytes on their way, or counts them. */
export type ByteStage = (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** Whether the client waits for leave to send its body. */
export function expectsContinue({ headers }: IncomingMessage): boolean {
  return headers.expect?.toLowerCase() === '100-continue';
}

/**
 * Reads a request's body from its socket. Stopping half-way leaves the socket open, since the response still has to go
 * out.
 * @param idleTimeout - Longest wait for the next bytes, in milliseconds.
 */
export async function* readSocket(
  { incoming, outgoing, stream }: Exchange,
  idleTimeout: number,
): AsyncGenerator<Buffer> {
  // Leave is given only now, when the request has been authenticated and its body is wanted.
  if (expectsContinue(incoming)) outgoing.writeContinue();
  // Of HTTP/2 the stream: what is read of it tells whether all came in; its request is called complete also where it was cut off.
  const chunks: AsyncIterator<Buffer> = (stream ?? incoming).iterator({ destroyOnReturn: false });
  for (;;) {
    const { done, value } = await within(idleTimeout, chunks.next());
    if (done === true) return;
    yield value;
  }
}

async function within<Result>(milliseconds: number, task: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new S3Error('RequestTimeout')), milliseconds);
  });
  try {
    return await Promise.race([task, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
