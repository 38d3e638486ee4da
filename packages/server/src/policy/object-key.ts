import { MAX_KEY_BYTES } from '@portage/protocol';
import { UploadsError } from '../errors.ts';

/**
 * Refuses a key that a store, a browser or a file system could read as something else.
 * @throws UploadsError `bad-request`.
 */
export function checkKey(key: string): string {
  const wrong =
    key === '' ||
    key.startsWith('/') ||
    // Browsers resolve these in a URL, whether encoded or not, so the request would go elsewhere.
    key.split('/').some((segment) => segment === '.' || segment === '..') ||
    /[\p{Cc}\p{Surrogate}\\]/u.test(key) ||
    new TextEncoder().encode(key).length > MAX_KEY_BYTES;
  if (!wrong) return key;
  throw new UploadsError({
    code: 'bad-request',
    message: 'This file would get a name in the store that no store can keep.',
    hint: 'Rename the file and try again.',
  });
}
