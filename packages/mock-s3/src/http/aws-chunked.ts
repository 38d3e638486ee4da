import { createHash, type Hash } from 'node:crypto';
import type { ChunkSigner } from '../auth/chunk-signer.ts';
import { S3Error } from '../errors/s3-error.ts';
import { ByteReader } from './byte-reader.ts';

/** How a body in `aws-chunked` framing is to be read. */
export interface ChunkedFraming {
  /** Bytes without the framing, from `x-amz-decoded-content-length`. */
  readonly decodedSize: number;
  /** Whether trailers follow the last chunk. */
  readonly hasTrailer: boolean;
  /** `undefined`: chunks carry no signatures. */
  readonly signer: ChunkSigner | undefined;
}

/** Longest line of the framing, in bytes. */
const MAX_LINE = 8 * 1024;

const MAX_TRAILERS = 16;

/**
 * Takes the framing off a body, verifying the signatures in it.
 * @param trailers - Filled with what follows the last chunk, names in lower case.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  { decodedSize, hasTrailer, signer }: ChunkedFraming,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  let left = decodedSize;
  for (;;) {
    const { size, signature } = parseChunkHead(await reader.line(MAX_LINE));
    left -= size;
    if (left < 0) throw new S3Error('IncompleteBody', { message: 'The body is longer than was declared.' });
    const hash = signer && createHash('sha256');
    for await (const piece of reader.bytes(size)) {
      hash?.update(piece);
      yield piece;
    }
    checkSignature(signer, hash, signature);
    if (size === 0) break;
    if ((await reader.line(MAX_LINE)) !== '') throw malformed();
  }
  if (left > 0) throw new S3Error('IncompleteBody');
  await readTrailers(reader, hasTrailer ? signer : undefined, trailers);
}

function parseChunkHead(line: string): { readonly size: number; readonly signature: string | undefined } {
  const [, size, signature] = /^([0-9a-f]{1,13})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
  if (size === undefined) throw malformed();
  return { size: Number.parseInt(size, 16), signature };
}

function checkSignature(signer: ChunkSigner | undefined, hash: Hash | undefined, signature: string | undefined): void {
  if (signer && hash && signer.chunk(hash.digest('hex')) !== signature) throw new S3Error('SignatureDoesNotMatch');
}

async function readTrailers(
  reader: ByteReader,
  signer: ChunkSigner | undefined,
  trailers: Map<string, string>,
): Promise<void> {
  let text = '';
  for (let count = 0; count <= MAX_TRAILERS; count++) {
    const line = await reader.line(MAX_LINE, { endIsLine: true });
    if (line === '') {
      if (signer && text !== '' && signer.trailer(text) !== trailers.get('x-amz-trailer-signature')) {
        throw new S3Error('SignatureDoesNotMatch');
      }
      await reader.drain();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === -1) throw new S3Error('MalformedTrailerError');
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    trailers.set(name, value);
    if (name !== 'x-amz-trailer-signature') text += `${name}:${value}\n`;
  }
  throw new S3Error('MalformedTrailerError');
}

function malformed(): S3Error {
  return new S3Error('InvalidRequest', { message: 'The body is not in aws-chunked framing.' });
}
