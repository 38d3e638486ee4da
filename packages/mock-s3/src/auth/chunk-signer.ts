import { createHash, createHmac } from 'node:crypto';
import type { Claim } from './claim.ts';
import type { Credentials } from './credentials.ts';
import { signingKey } from './signature.ts';

const EMPTY = createHash('sha256').digest('hex');

/** Signatures of the chunks of one body, each of which covers the one before. */
export interface ChunkSigner {
  /** The signature of the next chunk. @param sha256 - Of its bytes, as hex. */
  chunk(sha256: string): string;
  /** The signature of what follows the last chunk. @param trailers - `name:value` lines, each with a line feed. */
  trailer(trailers: string): string;
}

/**
 * Begins with the signature of the request's head.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function chunkSigner({ scope, timestamp, signature }: Claim, { secretAccessKey }: Credentials): ChunkSigner {
  const key = signingKey(secretAccessKey, scope);
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  let before = signature;
  const next = (lines: readonly string[]): string => {
    before = createHmac('sha256', key).update(lines.join('\n')).digest('hex');
    return before;
  };
  return {
    chunk: (sha256) => next(['AWS4-HMAC-SHA256-PAYLOAD', timestamp, scopeText, before, EMPTY, sha256]),
    trailer: (trailers) =>
      next([
        'AWS4-HMAC-SHA256-TRAILER',
        timestamp,
        scopeText,
        before,
        createHash('sha256').update(trailers).digest('hex'),
      ]),
  };
}
