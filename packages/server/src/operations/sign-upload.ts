import type { SignedPart } from '@portage/protocol';
import { UploadsError } from '../errors.ts';
import { objectHeaders } from '../policy/object-headers.ts';
import { partLength } from '../policy/part-plan.ts';
import type { Claims } from '../token/claims.ts';
import type { Call } from './call.ts';

/**
 * Signs requests for parts of an upload, each for exactly its bytes. The one request of a single upload is part 1.
 * @throws UploadsError `no-such-part`.
 */
export async function signUpload(
  { service, route }: Call,
  upload: Claims,
  partNumbers: readonly number[],
): Promise<SignedPart[]> {
  const { storage, overwrite } = route;
  const { urlLifetime: lifetime } = service;
  const parts = partNumbers.map((partNumber) => ({ partNumber, size: lengthOf(upload, partNumber) }));
  if (upload.kind === 'multipart') return storage.signParts({ ...upload, parts, lifetime });
  const request = await storage.signPut({ ...upload, headers: objectHeaders(upload), lifetime, overwrite });
  return parts.map(({ partNumber }) => ({ partNumber, request }));
}

/** Bytes of one part. @throws UploadsError `no-such-part`. */
function lengthOf(upload: Claims, partNumber: number): number {
  const partSize = upload.kind === 'multipart' ? upload.partSize : undefined;
  const length =
    partSize === undefined
      ? partNumber === 1
        ? upload.size
        : undefined
      : partLength({ ...upload, partSize }, partNumber);
  if (length !== undefined) return length;
  throw new UploadsError({
    code: 'no-such-part',
    message: `This upload has no part ${partNumber}.`,
    hint: 'Start the upload of this file again.',
  });
}
