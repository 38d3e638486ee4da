import { StoreError } from '../errors.ts';
import type { Storage, StoredObject } from '../storage.ts';

/**
 * What is at a key, beside a call that shows whether the store knows the credentials: who may not list the bucket is
 * answered 403 where there is nothing.
 */
export async function lookAt(storage: Storage, key: string): Promise<StoredObject | undefined> {
  return storage.headObject(key).catch((error: unknown) => {
    if (error instanceof StoreError && error.reason === 'refused') return undefined;
    throw error;
  });
}
