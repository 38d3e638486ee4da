import type { PartsRequest, PartsResponse } from '@portage/protocol';
import { StoreError } from '../errors.ts';
import { isOf } from '../policy/object-headers.ts';
import { partCount, partLength } from '../policy/part-plan.ts';
import type { Storage } from '../storage.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import type { Call } from './call.ts';
import { lookAt } from './look-at.ts';
import { openToken } from './open-token.ts';

/** Says which parts need not be sent again. A part of a wrong size is left out: it must be. */
export async function parts(call: Call, { token }: PartsRequest): Promise<PartsResponse> {
  const { storage } = call.route;
  const { upload, renewed } = openToken(call, token);
  const stored = await storage
    .listParts({ ...partsOf(upload), count: partCount(upload) })
    .catch(async (error: unknown) => {
      // Stores forget a finished upload. Its object is then all there is to tell.
      const forgotten = error instanceof StoreError && error.reason === 'no-such-upload';
      if (!forgotten || !(await isWhole(storage, upload))) throw error;
      return undefined;
    });
  if (stored === undefined) return { parts: [], whole: true, ...renewed };
  return { parts: stored.filter(({ partNumber, size }) => partLength(upload, partNumber) === size), ...renewed };
}

/** Whether its object is at its place, or waits to be copied there. */
async function isWhole(storage: Storage, upload: Claims): Promise<boolean> {
  for (const key of new Set([upload.key, partsOf(upload).key])) {
    const object = await lookAt(storage, key);
    if (object !== undefined && isOf(object, upload)) return true;
  }
  return false;
}
