import {
  MAX_PACK_SIZE,
  type PackRequest,
  type PackResponse,
  type UnpackRequest,
  type UnpackResponse,
} from '@portage/protocol';
import { StoreError, toUploadsError, UploadsError } from '../errors.ts';
import { inTime } from '../in-time.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { partCount } from '../policy/part-plan.ts';
import type { ObjectSeen, Storage } from '../storage.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import { type PackClaims, packPrefix } from '../token/pack-claims.ts';
import { invalidToken, tokenExpired } from '../token/tokens.ts';
import { type Call, prefixOf } from './call.ts';
import { holdBytes, release } from './hold-bytes.ts';
import { openToken } from './open-token.ts';

/** A pack is kept for so long at most, in seconds. Sending it takes seconds. */
export const PACK_LIFETIME = 3600;

/** Files that are taken out of a pack at the same time. */
const CONCURRENCY = 64;

/** A slow file keeps the responses of the others back no longer than this: the page sends it by itself. In milliseconds. */
const WAIT = 20_000;

/**
 * Begins a pack: a multipart upload of one part, as every file is, so that nobody can send other bytes once it is stored. Each file
 * in it was created before, and is checked as on every call about it. Until the pack is gone its bytes count against a quota beside
 * those of its files: otherwise the same files could be packed without end.
 * @throws UploadsError as `openToken`; `bad-request` where the store takes no packs, a file is named twice or has several parts, or the
 * padding is more than the store needs; `too-large`, `quota-exceeded`.
 */
export async function pack(call: Call, { tokens, padding = 0 }: PackRequest): Promise<PackResponse> {
  const { service, route, context } = call;
  const { storage, prefix } = route;
  if (storage.packs === undefined || new Set(tokens).size < tokens.length) throw noPacks();
  const bytes = tokens.reduce((sum, token) => sum + onePart(call, token).size, 0);
  // What belongs to no file nobody has let in: no more of it than the store needs.
  if (padding > Math.max(0, storage.packs.least - bytes)) throw noPacks();
  const size = bytes + padding;
  if (size > MAX_PACK_SIZE || size === 0) throw tooLarge(size);
  const name = Array.from(service.random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  // One prefix for all users where the route has one: so that one rule of the bucket can expire what is left there.
  const key = packPrefix(typeof prefix === 'function' ? prefixOf(call) : (prefix ?? `${route.name}/`)) + name;
  const quota = await holdBytes(call, [{ id: key, size }], PACK_LIFETIME);
  const headers = { 'content-type': 'application/octet-stream' };
  const begin = async () => {
    quota?.take(size);
    return storage.createMultipartUpload({ key, headers, passing: true });
  };
  const uploadId = await begin().catch(async (error: unknown) => {
    await release(call, [key]);
    throw error;
  });
  const parts = [{ partNumber: 1, size }];
  const [signed] = await storage.signParts({ key, uploadId, parts, lifetime: service.urlLifetime });
  if (signed === undefined) throw new TypeError('The storage signs no parts.');
  const expiresAt = service.clock() + PACK_LIFETIME * 1000;
  const claims: PackClaims = { route: route.name, userId: context.userId, key, uploadId, size, expiresAt };
  return { token: service.packTokens.seal(claims, storage.place), request: signed.request };
}

/**
 * Takes files out of a pack, each by a copy within the store, and deletes the pack once no more are to come: with no files it is given
 * up. A file that fails does not fail the others. Each is as if its only part had been sent: complete checks it as any other.
 * @throws UploadsError `invalid-token`, `token-expired`, `invalid-parts`; `no-such-upload` where the pack is gone, as after the last
 * such call.
 */
export async function unpack(call: Call, { token, etag, files, more = false }: UnpackRequest): Promise<UnpackResponse> {
  const { storage } = call.route;
  const claims = openPack(call, token);
  if (files.length === 0) return giveUp(call, claims);
  const seen = await stored(storage, claims, etag);
  const one = async (file: UnpackRequest['files'][number]) => {
    try {
      return { etag: await inTime(takeOut(call, { ...seen, size: claims.size }, file), WAIT, call.failed) };
    } catch (cause) {
      const error = toUploadsError(cause);
      call.refused(error);
      return { ...error.toWire(), status: error.status };
    }
  };
  const taken = await mapInTurns(files, CONCURRENCY, one);
  // Also where the time of the call is over. What is left is deleted by the sweep, or by a rule of the bucket.
  if (!more) await call.lasting.deleteObject(seen).then(() => release(call, [seen.key]), call.failed);
  return { files: taken };
}

/** Removes a pack, sent or not, and its bytes from a quota. May be called again. */
async function giveUp(call: Call, { key, uploadId }: PackClaims): Promise<UnpackResponse> {
  const { storage } = call.route;
  await storage.abortMultipartUpload({ key, uploadId }).catch(async (error: unknown) => {
    if (!(error instanceof StoreError && error.reason === 'no-such-upload')) throw error;
    const seen = await storage.headObject(key);
    if (seen !== undefined) await storage.deleteObject({ key, seen });
  });
  await release(call, [key]);
  return { files: [] };
}

/** Makes the pack an object, also where that was done before. */
async function stored(storage: Storage, { key, uploadId, size }: PackClaims, etag = ''): Promise<ObjectSeen> {
  // An ETag goes into XML, which has no place for other characters.
  if (!/^[ -~]+$/.test(etag)) throw new StoreError('invalid-parts', 'The ETag of the pack is none.');
  const parts = [{ partNumber: 1, etag }];
  await storage.completeMultipartUpload({ key, uploadId, parts }).catch((error: unknown) => {
    if (!(error instanceof StoreError && ['no-such-upload', 'taken'].includes(error.reason))) throw error;
  });
  const seen = await storage.headObject(key);
  if (seen === undefined || seen.size !== size)
    throw new StoreError('no-such-upload', 'HeadObject: there is no such pack, or it was unpacked before.');
  return { key, seen };
}

async function takeOut(
  call: Call,
  { key, seen, size }: ObjectSeen & { size: number },
  { token, start }: UnpackRequest['files'][number],
): Promise<string> {
  const { copyPart } = call.route.storage;
  const upload = onePart(call, token);
  const end = start + upload.size;
  if (copyPart === undefined || end > size || upload.size === 0) throw noPacks();
  return copyPart({ key, seen, start, end, to: partsOf(upload) });
}

/** Bytes that a pack is to have. @throws UploadsError `invalid-token`. */
export const packSize = ({ service, route }: Pick<Call, 'service' | 'route'>, { tokens, padding = 0 }: PackRequest) =>
  tokens.reduce((sum, token) => sum + service.tokens.open(token, route.storage.place).size, padding);

/** @throws UploadsError as `openToken`; `bad-request` for a file in several parts. */
function onePart(call: Call, token: string): Claims {
  const { upload } = openToken(call, token);
  if (partCount(upload) !== 1) throw noPacks();
  return upload;
}

/** @throws UploadsError `invalid-token`, also for a pack of another user or route; `token-expired`. */
function openPack({ service, route, context }: Call, token: string): PackClaims {
  const claims = service.packTokens.open(token, route.storage.place);
  if (claims.route !== route.name || claims.userId !== context.userId) throw invalidToken();
  if (service.clock() >= claims.expiresAt) throw tokenExpired();
  return claims;
}

const noPacks = () =>
  new UploadsError({
    code: 'bad-request',
    message: 'These files cannot travel together.',
    hint: 'Send each by itself.',
  });

const tooLarge = (size: number) =>
  new UploadsError({
    code: 'too-large',
    message: `A pack of ${size} bytes; it takes 1 to ${MAX_PACK_SIZE}.`,
    hint: 'Send fewer files together, or each by itself.',
  });
