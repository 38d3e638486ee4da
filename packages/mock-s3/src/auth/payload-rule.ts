import { invalidArgument, S3Error } from '../s3-error.ts';

/**
 * What a signature promises about the body. Bodies in `aws-chunked` framing would be a third kind.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export type PayloadRule =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256' /** 64 lower-case digits. */; readonly hex: string };

/** Reads the payload hash of a verified request. */
export function payloadRule(payloadHash: string): PayloadRule {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' };
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) return { kind: 'sha256', hex: payloadHash.toLowerCase() };
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', { details: { Header: 'x-amz-content-sha256', Value: payloadHash } });
  }
  throw invalidArgument(
    'x-amz-content-sha256',
    payloadHash,
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, or a valid sha256 value.',
  );
}
