import { MAX_KEY_BYTES } from '@portage/protocol';
import { UploadsError } from '../errors.ts';

/**
 * Refuses a key that a store, a browser or a file system could read as something else.
 * @throws UploadsError `name-refused`.
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
    code: 'name-refused',
    message: 'This file would get a name in the store that no store can keep.',
    hint: 'Rename the file and try again.',
  });
}

/**
 * A user's folder: the id where it is plain, with `~` and hex for other bytes, so no two users share one. Longer than a
 * key can take, its digest.
 */
export function userFolder(userId: string, sha256: (text: string) => string): string {
  if (userId === '') return '';
  const encoded = Array.from(new TextEncoder().encode(userId), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9_-]/.test(char) ? char : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  // In lower case, so that it is nobody's encoded id.
  return encoded.length <= MAX_FOLDER ? `${encoded}/` : `~${sha256(userId).toLowerCase()}/`;
}
const MAX_FOLDER = 256;
