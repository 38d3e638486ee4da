import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../../errors/s3-error.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { httpTime, quoted } from '../operation.ts';

/**
 * Checks the conditions of a read, in the order of RFC 9110; ETags take precedence over times.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function checkPreconditions(headers: IncomingHttpHeaders, object: ObjectRecord): void {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  // HTTP times have no fraction of a second.
  const modified = Math.floor(object.lastModified / 1000) * 1000;

  if (ifMatch !== undefined) {
    if (!namesEtag(ifMatch, object.etag)) throw failed('If-Match');
  } else if (modified > time(headers['if-unmodified-since'], Number.POSITIVE_INFINITY)) {
    throw failed('If-Unmodified-Since');
  }

  const isUnchanged =
    ifNoneMatch === undefined
      ? modified <= time(headers['if-modified-since'], Number.NEGATIVE_INFINITY)
      : namesEtag(ifNoneMatch, object.etag);
  if (!isUnchanged) return;
  throw new S3Error('NotModified', {
    headers: { etag: quoted(object.etag), 'last-modified': httpTime(object.lastModified) },
  });
}

/** Whether a list of ETags, or `*`, names this one. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((each) => {
    const named = each.trim().replace(/^W\//, '');
    return named === '*' || named.replace(/^"|"$/g, '') === etag;
  });
}

/** A time that can not be read counts as not given. */
function time(header: string | undefined, fallback: number): number {
  const parsed = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(parsed) ? fallback : parsed;
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}
