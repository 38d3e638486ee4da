import * as v from 'valibot';
import { isS3ErrorCode, S3Error } from '../../errors/s3-error.ts';
import type { ErrorDocument } from '../../http/s3-response.ts';

/**
 * The store refuses with S3's error document.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export interface ErrorFault {
  readonly kind: 'error';
  /**
   * S3's code: `SlowDown`, `InternalError`, `ServiceUnavailable`, `RequestTimeout`, `ExpiredToken`,
   * `RequestTimeTooSkewed`, `AccessDenied`, `BadDigest`, `NoSuchUpload`, or any other.
   */
  readonly code: string;
  /** HTTP status. @default that of the code at S3, 400 for an unknown one */
  readonly status?: number;
  /** @default S3's sentence for the code */
  readonly message?: string;
  /** Further headers, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** When: once the head of the request is read, or all of its body. @default 'head' */
  readonly after?: 'head' | 'body';
}

export const errorSchema = v.strictObject({
  kind: v.literal('error'),
  code: v.pipe(v.string(), v.regex(/^\w{1,64}$/)),
  status: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599))),
  message: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  headers: v.exactOptional(
    v.record(
      v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/i)),
      v.pipe(v.string(), v.regex(/^[\x20-\x7e]*$/), v.maxLength(1000)),
    ),
  ),
  after: v.exactOptional(v.picklist(['head', 'body'])),
});

/** The response that takes the place of the store's own. */
export function errorDocument({ code, status, message, headers }: ErrorFault, now: number): ErrorDocument {
  const known = isS3ErrorCode(code) ? new S3Error(code) : { status: 400, message: 'Injected fault.' };
  return {
    code,
    status: status ?? known.status,
    message: message ?? known.message,
    ...(headers && { headers }),
    // Clients set their clocks by this.
    ...(code === 'RequestTimeTooSkewed' && {
      details: { ServerTime: new Date(now).toISOString(), MaxAllowedSkewMilliseconds: 900_000 },
    }),
  };
}
