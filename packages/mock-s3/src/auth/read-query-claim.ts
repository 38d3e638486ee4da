import { S3Error } from '../errors/s3-error.ts';
import type { S3Request } from '../http/s3-request.ts';
import { type Claim, parseCredential, parseTimestamp } from './claim.ts';

/** Seven days, in seconds. */
const MAX_EXPIRES = 604_800;

/**
 * Reads a presigned query.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function readQueryClaim(request: S3Request): Claim {
  const parameter = (name: string): string => {
    const value = request.query.get(name);
    if (value) return value;
    throw malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  };
  if (parameter('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const credential = parseCredential(parameter('X-Amz-Credential'));
  if (credential === undefined) {
    throw malformed(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  const timestamp = parameter('X-Amz-Date');
  if (parseTimestamp(timestamp) === undefined) {
    throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  if (!timestamp.startsWith(credential.scope.date)) {
    throw malformed(
      `Error parsing the X-Amz-Credential parameter; incorrect date "${credential.scope.date}". This date must be the same as X-Amz-Date: "${timestamp.slice(0, 8)}".`,
    );
  }
  const signedHeaders = parameter('X-Amz-SignedHeaders').split(';');
  return {
    ...credential,
    timestamp,
    signedHeaders,
    signature: parameter('X-Amz-Signature'),
    payloadHash: payloadHash(request, signedHeaders),
    source: { kind: 'query', expiresSeconds: expires(parameter('X-Amz-Expires')) },
  };
}

function expires(text: string): number {
  if (!/^-?\d+$/.test(text)) throw malformed('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (seconds > MAX_EXPIRES) {
    throw malformed(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES} seconds`,
    );
  }
  return seconds;
}

/** A presigned request says nothing of its body, unless the signer bound a hash to it. */
function payloadHash(request: S3Request, signedHeaders: readonly string[]): string {
  const header = request.headers['x-amz-content-sha256'];
  if (typeof header === 'string' && signedHeaders.includes('x-amz-content-sha256')) return header;
  return request.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
}

function malformed(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', { message });
}
