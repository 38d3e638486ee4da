import { invalidArgument, S3Error } from '../errors/s3-error.ts';
import type { ChunkedFraming } from '../http/aws-chunked.ts';
import type { S3Request } from '../http/s3-request.ts';
import type { ChunkSigner } from './chunk-signer.ts';

/**
 * What a signature promises about the body.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export type PayloadRule =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256' /** 64 lower-case digits. */; readonly hex: string }
  | { readonly kind: 'chunked'; readonly framing: ChunkedFraming };

/** Reads the payload hash of a verified request. @param signer - For a body whose chunks are signed one by one. */
export function payloadRule(payloadHash: string, request: S3Request, signer: () => ChunkSigner): PayloadRule {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' };
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) return { kind: 'sha256', hex: payloadHash.toLowerCase() };
  const chunked = (hasTrailer: boolean, signer: ChunkSigner | undefined): PayloadRule => ({
    kind: 'chunked',
    framing: { decodedSize: decodedSize(request), hasTrailer, signer },
  });
  switch (payloadHash) {
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return chunked(true, undefined);
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return chunked(false, signer());
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return chunked(true, signer());
  }
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', { details: { Header: 'x-amz-content-sha256', Value: payloadHash } });
  }
  throw invalidArgument(
    'x-amz-content-sha256',
    payloadHash,
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
  );
}

function decodedSize({ headers }: S3Request): number {
  const text = headers['x-amz-decoded-content-length'];
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new S3Error('MissingContentLength', { message: 'You must provide the x-amz-decoded-content-length header.' });
}
