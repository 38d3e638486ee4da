import type { SignedPart } from '@portage/protocol';
import { UploadsError } from '../errors.ts';
import { partLength } from '../policy/part-plan.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import type { Call } from './call.ts';

/**
 * Signs requests for parts of an upload, each for exactly its bytes.
 * @throws UploadsError `no-such-part`.
 */
export async function signUpload(
  { service, route }: Call,
  upload: Claims,
  partNumbers: readonly number[],
): Promise<SignedPart[]> {
  const parts = partNumbers.map((partNumber) => ({ partNumber, size: lengthOf(upload, partNumber) }));
  return route.storage.signParts({ ...partsOf(upload), parts, lifetime: service.urlLifetime });
}

/** Bytes of one part. @throws UploadsError `no-such-part`. */
function lengthOf(upload: Claims, partNumber: number): number {
  const length = partLength(upload, partNumber);
  if (length !== undefined) return length;
  throw new UploadsError({
    code: 'no-such-part',
    message: `This upload has no part ${partNumber}.`,
    hint: 'Start the upload of this file again.',
  });
}
