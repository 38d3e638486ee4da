import { S3Error } from '../../errors/s3-error.ts';
import type { Check } from '../../store/object-index.ts';
import { namesEtag } from './preconditions.ts';

/** What a client says that it means to delete; what it does not say may be anything. */
export interface DeleteCondition {
  readonly etag?: string | undefined;
  /** A time that `Date.parse` reads. */
  readonly lastModified?: string | undefined;
  /** Bytes. */
  readonly size?: string | undefined;
}

/**
 * Throws PreconditionFailed where something else is there; where there is nothing, there is nothing to protect.
 * @returns `undefined` where nothing is asked.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function deleteCheck({ etag, lastModified, size }: DeleteCondition): Check | undefined {
  if (etag === undefined && lastModified === undefined && size === undefined) return undefined;
  return (there) => {
    if (there === undefined) return;
    const seconds = Math.floor(there.lastModified / 1000);
    const holds =
      (etag === undefined || namesEtag(etag, there.etag)) &&
      (lastModified === undefined || Math.floor(Date.parse(lastModified) / 1000) === seconds) &&
      (size === undefined || Number(size) === there.size);
    if (!holds) throw new S3Error('PreconditionFailed');
  };
}
