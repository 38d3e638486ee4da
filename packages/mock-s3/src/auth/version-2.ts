import { createHmac } from 'node:crypto';
import { S3Error } from '../errors/s3-error.ts';
import type { S3Request } from '../http/s3-request.ts';
import { decodeUri } from '../http/uri.ts';
import { MAX_SKEW } from './claim.ts';
import type { Gate } from './gate.ts';
import { isEqual } from './is-equal.ts';
import type { PayloadRule } from './payload-rule.ts';

/**
 * Whether a request is signed by Signature Version 2: in its query, as `aws s3 presign` and `s3cmd signurl` do, or in its
 * `Authorization` header.
 */
export const isVersion2 = ({ query, headers }: S3Request): boolean =>
  query.has('AWSAccessKeyId') || IN_HEADER.test(headers.authorization ?? '');

const IN_HEADER = /^AWS ([^:\s]+):(\S+)$/;

/** Parameters that are signed, beside `response-*`. */
const SIGNED =
  /^(?:acl|cors|delete|lifecycle|location|logging|notification|partNumber|policy|requestPayment|tagging|torrent|uploadId|uploads|versionId|versioning|versions|website|response-.+)$/;

/**
 * Verifies what was signed by Signature Version 2; throws S3's own errors.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
export function authenticateVersion2(request: S3Request, { credentials, now }: Gate): PayloadRule {
  const { accessKeyId, signature, time } = inHeader(request, now()) ?? inQuery(request, now());
  const keys = credentials.find((each) => each.accessKeyId === accessKeyId);
  if (keys === undefined) throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: accessKeyId } });
  const text = stringToSign(request, time);
  const isRight = (signed: string) =>
    isEqual(createHmac('sha1', keys.secretAccessKey).update(signed).digest('base64'), signature);
  // Clients write a bucket with a slash after it or, as its address is, without one.
  const isBucket = request.bucket !== undefined && request.key === undefined;
  const withSlash = text.replace(/([^/?])(\?[^\n]*)?$/, '$1/$2');
  if (!isRight(text) && !(isBucket && isRight(withSlash)))
    throw new S3Error('SignatureDoesNotMatch', { details: { StringToSign: text, SignatureProvided: signature } });
  return { kind: 'unsigned' };
}

interface Claimed {
  readonly accessKeyId: string;
  readonly signature: string;
  /** What stands for the time in the text that is signed. */
  readonly time: string;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html#ConstructingTheAuthenticationHeader */
function inHeader({ headers }: S3Request, now: number): Claimed | undefined {
  const [, accessKeyId, signature] = IN_HEADER.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || signature === undefined) return undefined;
  const own = headers['x-amz-date'];
  const date = own ?? headers.date;
  const signedAt = Date.parse(String(date));
  if (Number.isNaN(signedAt))
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  if (Math.abs(now - signedAt) > MAX_SKEW) throw new S3Error('RequestTimeTooSkewed');
  return { accessKeyId, signature, time: own === undefined ? String(date) : '' };
}

function inQuery({ query }: S3Request, now: number): Claimed {
  const [accessKeyId, time, signature] = ['AWSAccessKeyId', 'Expires', 'Signature'].map((name) => query.get(name));
  if (!accessKeyId || !signature || time === undefined || !/^\d{1,12}$/.test(time))
    throw new S3Error('AccessDenied', {
      message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    });
  if (Number(time) * 1000 < now) throw new S3Error('AccessDenied', { message: 'Request has expired' });
  return { accessKeyId, signature, time };
}

function stringToSign(request: S3Request, time: string): string {
  const { method, headers, query, bucket, key, rawPath } = request;
  const header = (name: string) => [headers[name] ?? ''].flat().join(',');
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-'))
    .sort()
    .map((name) => `${name}:${header(name)}\n`);
  // In virtual-host style the bucket is no part of the path.
  const isInPath = bucket === undefined || decodeUri(rawPath) === `/${bucket}${key === undefined ? '' : `/${key}`}`;
  const signed = query.entries
    .filter(([name]) => SIGNED.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = `${isInPath ? '' : `/${bucket}`}${rawPath}${signed.length > 0 ? `?${signed.join('&')}` : ''}`;
  return [method, header('content-md5'), header('content-type'), time, `${own.join('')}${resource}`].join('\n');
}
