import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { StoredVariant } from './result.ts';
import type { MadeFile } from './step.ts';
import type { Store } from './store.ts';

/** Its key says which version of which file it is of, so it never changes. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Stores what a step has made. The store compares the bytes by their SHA-256, and keeps that with them. */
export async function storeVariant(store: Store, folder: string, made: MadeFile): Promise<StoredVariant> {
  const { name, path, type, width, height } = made;
  if (!/^[\w.-]+$/.test(name)) throw new TypeError(`A step has made a file with the name "${name}".`);
  const body = await readFile(path);
  const sha256 = createHash('sha256').update(body).digest('hex');
  const key = `${folder}${name}`;
  const headers = { 'content-type': type, 'cache-control': FOREVER, 'x-amz-meta-sha256': sha256 };
  await store.putObject({ key, body, sha256, headers });
  return {
    name,
    key,
    type,
    size: body.length,
    sha256,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}
