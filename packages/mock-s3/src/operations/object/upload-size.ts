import { MAX_KEY_BYTES, MAX_PART_SIZE } from '@portage/protocol';
import { S3Error } from '../../errors/s3-error.ts';
import type { RequestBody } from '../../http/body.ts';

/** Refuses, before a byte is read, a body whose size is not told or beyond 5 GiB. */
export function checkUploadSize({ declaredSize }: RequestBody): void {
  if (declaredSize === undefined) throw new S3Error('MissingContentLength');
  if (declaredSize > MAX_PART_SIZE) {
    throw new S3Error('EntityTooLarge', {
      details: { ProposedSize: declaredSize, MaxSizeAllowed: MAX_PART_SIZE },
    });
  }
}

/** Refuses keys of more than 1,024 bytes. */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', { details: { Size: size, MaxSizeAllowed: MAX_KEY_BYTES } });
  }
}
