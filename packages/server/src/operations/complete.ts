import type { CompleteRequest, CompleteResponse } from '@portage/protocol';
import { StoreError, UploadsError } from '../errors.ts';
import { isOf } from '../policy/object-headers.ts';
import { partCount } from '../policy/part-plan.ts';
import type { Claims } from '../token/claims.ts';
import { type Call, openToken, type Service } from './call.ts';

/**
 * Makes the parts one object and believes it only when the store shows that object. May be called again: an upload
 * that is already complete is complete.
 * @throws UploadsError `invalid-parts`, `no-such-upload`, `size-mismatch`, `store-unavailable`, or what `onComplete` throws.
 */
export async function complete(call: Call, { token, parts }: CompleteRequest): Promise<CompleteResponse> {
  const { service, route, context } = call;
  const upload = openToken(call, token);
  checkEveryPart(upload, parts);
  const { size, etag } =
    upload.kind === 'multipart' && parts.length > 0
      ? await finish(service, upload, parts)
      : await find(service, upload);

  const { id, key, type, name } = upload;
  const location = service.storage.location(key);
  await route.hooks.onComplete?.({ id, key, displayName: name, size, type, etag, location }, context);
  return { key, size, etag, location };
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

async function finish(service: Service, upload: Multipart, parts: Parts) {
  try {
    await service.storage.completeMultipartUpload({ ...upload, parts });
  } catch (error) {
    // Stores forget a finished upload; then the object itself is the proof. Amazon alone repeats its first answer.
    if (error instanceof StoreError && error.reason === 'no-such-upload') return await find(service, upload, error);
    throw error;
  }
  const object = await service.storage.headObject(upload.key);
  if (object === undefined) throw new StoreError('unavailable', 'HeadObject: the finished object does not show yet.');
  return await checkSize(service, upload, object);
}

/** The finished object of this very upload. */
async function find(service: Service, upload: Claims, missing?: StoreError) {
  const object = await service.storage.headObject(upload.key);
  if (object !== undefined && isOf(object, upload)) return await checkSize(service, upload, object);
  throw missing ?? new StoreError('invalid-parts', 'HeadObject: there is no object of this upload.');
}

async function checkSize<T extends { size: number }>({ storage }: Service, upload: Claims, object: T): Promise<T> {
  if (object.size === upload.size) return object;
  // Nobody should find half a file where a whole one was promised. A failure to remove it changes nothing here.
  await storage.deleteObject(upload.key).catch(() => undefined);
  throw new UploadsError({
    code: 'size-mismatch',
    message: `The store holds ${object.size} bytes of this file, but ${upload.size} were announced.`,
    hint: 'The file has changed while it was sent: start its upload again.',
  });
}
