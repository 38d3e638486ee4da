import type { PartsRequest, PartsResponse } from '@portage/protocol';
import { StoreError } from '../errors.ts';
import { isOf } from '../policy/object-headers.ts';
import { partLength } from '../policy/part-plan.ts';
import type { Call } from './call.ts';
import { openToken } from './open-token.ts';

/** Says which parts need not be sent again. A part of a wrong size is left out: it must be. */
export async function parts(call: Call, { token }: PartsRequest): Promise<PartsResponse> {
  const { storage } = call.route;
  const { upload, renewed } = openToken(call, token);
  if (upload.kind === 'multipart') {
    const stored = await storage.listParts(upload).catch(async (error: unknown) => {
      // Stores forget a finished upload. Its object is then all there is to tell.
      const forgotten = error instanceof StoreError && error.reason === 'no-such-upload';
      const object = forgotten ? await storage.headObject(upload.key) : undefined;
      if (object === undefined || !isOf(object, upload)) throw error;
      return undefined;
    });
    if (stored === undefined) return { parts: [], whole: true, ...renewed };
    return { parts: stored.filter(({ partNumber, size }) => partLength(upload, partNumber) === size), ...renewed };
  }
  const object = await storage.headObject(upload.key);
  if (object === undefined || !isOf(object, upload) || object.size !== upload.size) return { parts: [], ...renewed };
  return { parts: [{ partNumber: 1, etag: object.etag, size: object.size }], ...renewed };
}
