import * as v from 'valibot';

/**
 * CompleteMultipartUpload answers 200, and an error in its body.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export interface Complete200Error {
  readonly kind: 'complete_200_error';
  /** @default 'InternalError' */
  readonly code?: string;
  /** Whether the object was made all the same. @default false */
  readonly committed?: boolean;
}

export const complete200ErrorSchema = v.strictObject({
  kind: v.literal('complete_200_error'),
  code: v.exactOptional(v.pipe(v.string(), v.regex(/^\w{1,64}$/))),
  committed: v.exactOptional(v.boolean()),
});
