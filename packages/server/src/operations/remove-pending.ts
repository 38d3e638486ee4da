import { isOf } from '../policy/object-headers.ts';
import type { Storage } from '../storage.ts';
import { type Claims, partsOf } from '../token/claims.ts';

/** Removes the object of an upload that waits to be copied to its place, if there is one. Nobody was told of it. */
export async function removePending(storage: Storage, upload: Claims): Promise<void> {
  const { key } = partsOf(upload);
  const seen = await storage.headObject(key);
  if (seen !== undefined && isOf(seen, upload)) await storage.deleteObject({ key, seen });
}
