import type { CompleteRequest, CompleteResponse } from '@portage/protocol';
import { StoreError, UploadsError } from '../errors.ts';
import { isOf } from '../policy/object-headers.ts';
import { partCount } from '../policy/part-plan.ts';
import type { Storage, StoredObject } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import { type Call, factsOf, type ResolvedRoute } from './call.ts';
import { release } from './hold-bytes.ts';
import { openToken } from './open-token.ts';
import { verifyObject } from './verify-object.ts';

/**
 * Makes the parts one object and believes it only when the store shows that object. May be called again: an upload
 * that is already complete is complete.
 * @throws UploadsError `invalid-parts`, `no-such-upload`, `key-taken`, `size-mismatch`, `type-refused`, `store-unavailable`, or what `onComplete` throws.
 */
export async function complete(call: Call, { token, parts, ...proof }: CompleteRequest): Promise<CompleteResponse> {
  const { service, route, context } = call;
  const { upload } = openToken(call, token);
  checkEveryPart(upload, parts);
  const object =
    upload.kind === 'multipart' && parts.length > 0
      ? await finish(route, upload, parts, proof.checksum)
      : await find(route.storage, upload);
  const { size, etag, verifiedBy } = await verifyObject(call, upload, object, proof);

  const { id, key, type, name } = upload;
  const location = route.storage.location(key);
  const stored = { id, key, displayName: name, size, type, etag, location };
  const result = await service.guard.ask('onComplete', () => route.hooks.onComplete?.(stored, context));
  await release(call, [id]);
  const at = service.clock();
  service.emit({ event: 'completed', at, duration: at - upload.createdAt, ...factsOf(upload) });
  return { key, size, etag, location, verifiedBy, ...(result !== undefined && { result }) };
}

type Parts = CompleteRequest['parts'];
type Multipart = Extract<Claims, { kind: 'multipart' }>;

function checkEveryPart(upload: Claims, parts: Parts): void {
  // The object of a single upload is looked at itself; its ETag may be hidden from the browser by the bucket's CORS.
  // Without parts, a multipart upload is asked for whose object is there already.
  if (upload.kind === 'single' || parts.length === 0) return;
  const count = partCount(upload);
  const everyOne = parts.length === count && parts.every(({ partNumber }, index) => partNumber === index + 1);
  // An ETag goes into XML, which has no place for other characters.
  if (everyOne && parts.every(({ etag }) => /^[ -~]+$/.test(etag))) return;
  throw new UploadsError({
    code: 'invalid-parts',
    message: `This upload has ${count} parts; all of them must be named, in ascending order, each with its ETag.`,
    hint: 'Ask which parts are there, send the others, then complete.',
  });
}

async function finish(
  { storage, overwrite }: ResolvedRoute,
  upload: Multipart,
  parts: Parts,
  checksum: string | undefined,
): Promise<StoredObject> {
  try {
    await storage.completeMultipartUpload({ ...upload, parts, checksum, overwrite });
  } catch (error) {
    // Stores forget a finished upload; then the object itself is the proof. Amazon alone repeats its first answer. A
    // second call may also find the object of the first one in its way.
    const perhapsDone = error instanceof StoreError && ['no-such-upload', 'taken'].includes(error.reason);
    if (perhapsDone) return await find(storage, upload, error);
    throw error;
  }
  const object = await storage.headObject(upload.key);
  if (object === undefined) throw new StoreError('unavailable', 'HeadObject: the finished object does not show yet.');
  return object;
}

/** The finished object of this very upload. */
async function find(storage: Storage, upload: Claims, missing?: StoreError): Promise<StoredObject> {
  const object = await storage.headObject(upload.key);
  if (object !== undefined && isOf(object, upload)) return object;
  throw missing ?? new StoreError('invalid-parts', 'HeadObject: there is no object of this upload.');
}
