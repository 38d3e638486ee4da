import type { CompleteAllRequest, CompleteAllResponse, CompleteRequest, CompleteResponse } from '@portage/protocol';
import { StoreError, toUploadsError, UploadsError } from '../errors.ts';
import { inTime } from '../in-time.ts';
import { isOf } from '../policy/object-headers.ts';
import { partCount } from '../policy/part-plan.ts';
import { atHome } from '../regions/at-home.ts';
import { once } from '../regions/once.ts';
import type { Storage, StoredObject } from '../storage.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import { type Call, factsOf } from './call.ts';
import { release } from './hold-bytes.ts';
import { lookAt } from './look-at.ts';
import { openToken } from './open-token.ts';
import { removePending } from './remove-pending.ts';
import { startProcessing, statusTokenOf } from './start-processing.ts';
import { type Proof, storedFile, type Verified, verifyObject } from './verify-object.ts';

/**
 * Makes the parts one object and believes it only when the store shows that object. May be called again: an upload
 * that is already complete is complete.
 * @throws UploadsError `invalid-parts`, `no-such-upload`, `key-taken`, `checksum-mismatch`, `size-mismatch`, `type-refused`, `store-unavailable`, or what `onComplete` throws.
 */
export async function complete(call: Call, { token, parts, ...proof }: CompleteRequest): Promise<CompleteResponse> {
  const { service, route, context } = call;
  const { upload } = openToken(call, token);
  checkEveryPart(upload, parts);
  return once(call, upload, async (mayTell) => {
    const settled = await settle(call, upload, parts, proof);
    const before = await mayTell();
    if (before) return before;

    const bare = storedFile(call, upload, settled);
    const processing = statusTokenOf(call, bare);
    const stored = { ...bare, ...(processing !== undefined && { processing }) };
    const { id, key, size, etag, location } = stored;
    const result = await service.guard.ask('onComplete', () => route.hooks.onComplete?.(stored, context));
    await startProcessing(call, stored);
    await release(call, [id]);
    const at = service.clock();
    service.emit({ event: 'completed', at, duration: at - upload.createdAt, ...factsOf(call, upload) });
    const where = { location, ...(call.region !== undefined && { region: call.region }) };
    const told = { ...(result !== undefined && { result }), ...(processing !== undefined && { processing }) };
    return { key, size, etag, ...where, verifiedBy: settled.verifiedBy, ...told };
  });
}

/** A slow upload keeps the responses of the others back no longer than this: it goes on, and is asked for again. In milliseconds. */
const WAIT = 15_000;

/** Completes several uploads beside each other, as calls of their own would be. */
export async function completeAll(call: Call, { uploads }: CompleteAllRequest): Promise<CompleteAllResponse> {
  const one = async (asked: CompleteRequest) => {
    try {
      return await inTime(complete(atHome(call, asked.token), asked), WAIT, call.failed);
    } catch (cause) {
      const error = toUploadsError(cause);
      call.refused(error);
      const { status, retryAfter } = error;
      return { ...error.toWire(), status, ...(retryAfter !== undefined && { retryAfter }) };
    }
  };
  return { uploads: await Promise.all(uploads.map(one)) };
}

type Parts = CompleteRequest['parts'];

function checkEveryPart(upload: Claims, parts: Parts): void {
  // Without parts, an upload is asked for whose object is there already.
  if (parts.length === 0) return;
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

/** The object of this upload, at its place and verified; another one at its key stays as it is. */
async function settle(call: Call, upload: Claims, parts: Parts, proof: Proof): Promise<Verified> {
  const { storage, ownKeys, overwrite } = call.route;
  const { key, pending } = upload;
  // Two uploads have one key only where the app names the objects.
  const mayReplace = ownKeys && storage.refusesOverwrite !== true;
  if (!pending && !mayReplace)
    return verifyObject(call, { upload, key, seen: await whole(storage, upload, parts, proof) }, proof);
  // Nothing but this server keeps the second one out: it looks first, and completes one at a time.
  return call.service.inTurn(`${storage.place}${key}`, async () => {
    const there = await lookAt(storage, key);
    if (there !== undefined && isOf(there, upload)) {
      // What is left of it would bring it back, were its object removed.
      if (pending) await removePending(storage, upload);
      // What was copied was compared before; its ETag is another one now.
      return verifyObject(call, { upload, key, seen: there }, pending ? {} : proof);
    }
    if (there !== undefined && !overwrite) throw taken();
    const seen = await whole(storage, upload, parts, proof);
    const verified = await verifyObject(call, { upload, key: partsOf(upload).key, seen }, proof);
    return pending ? toItsPlace(call, upload, verified) : verified;
  });
}

/** The object that the parts of this upload are now, or were already, where they went. */
async function whole(storage: Storage, upload: Claims, parts: Parts, { checksum }: Proof): Promise<StoredObject> {
  const at = partsOf(upload);
  let failure: StoreError | undefined;
  if (parts.length === 0) failure = new StoreError('invalid-parts', 'HeadObject: there is no object of this upload.');
  else
    await storage.completeMultipartUpload({ ...at, parts, checksum }).catch((error: unknown) => {
      // Stores forget a finished upload; then the object itself is the proof. Amazon alone repeats its first response. A
      // second call may also find the object of the first one in its way.
      if (!(error instanceof StoreError && ['no-such-upload', 'taken'].includes(error.reason))) throw error;
      failure = error;
    });
  const forgotten = failure !== undefined && parts.length > 0;
  const object = await (forgotten ? lookAt(storage, at.key) : storage.headObject(at.key));
  if (object !== undefined && isOf(object, upload)) return object;
  if (failure !== undefined && (forgotten || object === undefined)) throw failure;
  if (object === undefined) throw new StoreError('unavailable', 'HeadObject: the finished object does not show yet.');
  throw taken();
}

/** Copies what was verified to the place of this upload, where it may replace another file. */
async function toItsPlace({ route }: Call, upload: Claims, verified: Verified): Promise<Verified> {
  const { storage } = route;
  const from = { key: partsOf(upload).key, seen: verified };
  await storage.copyObject({ ...from, to: { key: upload.key }, locks: true });
  const placed = await storage.headObject(upload.key);
  if (placed === undefined) throw new StoreError('unavailable', 'HeadObject: the copied object does not show yet.');
  if (!isOf(placed, upload) || placed.size !== upload.size) throw taken();
  await storage.deleteObject(from);
  return { ...placed, verifiedBy: verified.verifiedBy };
}

const taken = () => new StoreError('taken', 'HeadObject: another object is at the key of this upload.');
