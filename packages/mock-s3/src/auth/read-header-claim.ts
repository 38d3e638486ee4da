import { S3Error } from '../errors/s3-error.ts';
import type { S3Request } from '../http/s3-request.ts';
import { type Claim, parseCredential, parseTimestamp } from './claim.ts';

/**
 * Reads the Authorization header.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
export function readHeaderClaim(request: S3Request, authorization: string): Claim {
  const fields = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization)?.[1];
  if (fields === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  }
  const credential = parseCredential(field(fields, 'Credential'));
  if (credential === undefined) {
    throw malformed('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  }
  const timestamp = request.headers['x-amz-date'];
  if (typeof timestamp !== 'string' || parseTimestamp(timestamp) === undefined) {
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  }
  if (!timestamp.startsWith(credential.scope.date)) {
    throw malformed(`Invalid credential date "${credential.scope.date}". It is not the date of x-amz-date.`);
  }
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (typeof payloadHash !== 'string') {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  return {
    ...credential,
    timestamp,
    signedHeaders: field(fields, 'SignedHeaders').split(';'),
    signature: field(fields, 'Signature'),
    payloadHash,
    source: { kind: 'header' },
  };
}

function field(fields: string, name: string): string {
  const prefix = `${name}=`;
  const value = fields
    .split(',')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length);
  if (!value) throw malformed(`it does not have a ${name}.`);
  return value;
}

function malformed(detail: string): S3Error {
  return new S3Error('AuthorizationHeaderMalformed', {
    message: `The authorization header is malformed; ${detail}`,
  });
}
