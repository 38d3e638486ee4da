import type { IncomingMessage } from 'node:http';
import type { ByteStage } from '../http/body-source.ts';
import type { S3Response } from '../http/s3-response.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';

/** Notes the bytes of a request's body. */
export function countReceived(entry: JournalEntry): ByteStage {
  return async function* (source) {
    for await (const chunk of source) {
      entry.received(chunk.length);
      yield chunk;
    }
  };
}

/**
 * Notes the bytes of a response, and the end of the request. The end is noted just before the last byte goes out, so
 * that who has the response finds it in the journal.
 */
export function countSent(
  entry: JournalEntry,
  { method }: IncomingMessage,
  { status, errorCode, body }: S3Response,
  now: () => number,
): ByteStage {
  const end = (): void => entry.end({ state: 'answered', status, errorCode, endedAt: now() });
  const size =
    method === 'HEAD' || body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.size;
  if (size === 0) end();
  return async function* (source) {
    let sent = 0;
    for await (const chunk of source) {
      sent += chunk.length;
      entry.sent(chunk.length);
      if (sent >= size) end();
      yield chunk;
    }
  };
}
