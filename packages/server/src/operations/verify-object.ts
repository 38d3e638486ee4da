import { type CompleteRequest, type CompleteResponse, md5InETag } from '@portage/protocol';
import { type Accepts, createAccepts, judgeContent, unpacked } from '@portage/protocol/formats';
import { StoreError, UploadsError } from '../errors.ts';
import { typeRefused } from '../policy/check-file.ts';
import type { StoredFile } from '../route.ts';
import type { ObjectPlace, ObjectSeen, StoredObject } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import { type Call, factsOf } from './call.ts';
import { release } from './hold-bytes.ts';
import { scanObject, scanRefused } from './scan-object.ts';

/** What the browser says of the bytes that it sent. */
export type Proof = Pick<CompleteRequest, 'checksum' | 'etag'>;

export type Verified = StoredObject & { readonly verifiedBy: NonNullable<CompleteResponse['verifiedBy']> };

/** An object that is an upload's own, and where it is. */
export interface OwnObject extends ObjectSeen {
  upload: Claims;
}

/**
 * Looks at what the store holds before anybody is told of it: its size, its checksum where both sides know it, its content
 * where the route takes certain types only, then the route's own `scan`. What is not what was promised is put into
 * quarantine or deleted. Only what the object itself shows leads to that. An object that was accepted shows the same again,
 * so a second call cannot take it away, whatever it says.
 * @throws UploadsError `size-mismatch`, `checksum-mismatch`, `type-refused` or `scan-refused`.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html#file-signature-validation
 */
export async function verifyObject(call: Call, own: OwnObject, proof: Proof): Promise<Verified> {
  const verified = await checkObject(call, own, proof);
  const found = await scanObject(call, storedFile(call, own.upload, verified), own);
  if (found === undefined) return verified;
  throw await discard(call, own, found, scanRefused());
}

/** A file as the hooks of the app are told of it. */
export function storedFile(
  { route, region }: Call,
  { id, key, name, type, contentEncoding, meta = {} }: Claims,
  { size, etag }: StoredObject,
): StoredFile {
  const packed = contentEncoding && { contentEncoding };
  const where = { location: route.storage.location(key), ...(region !== undefined && { region }) };
  return { id, key, displayName: name, size, type, ...packed, etag, ...where, meta };
}

async function checkObject(call: Call, own: OwnObject, { checksum, etag }: Proof): Promise<Verified> {
  const { upload, key, seen } = own;
  const { storage, policy } = call.route;
  if (seen.size !== upload.size)
    throw await discard(call, own, `${seen.size} bytes`, sizeMismatch(seen.size, upload.size));
  const byChecksum = checksum !== undefined && seen.checksum === checksum;
  const storedMd5 = seen.hidesMd5 ? undefined : md5InETag(seen.etag);
  const byEtag = etag !== undefined && storedMd5 === etag;
  if (checksum !== undefined && seen.checksum !== undefined && !byChecksum) throw checksumMismatch();
  if (etag !== undefined && storedMd5 !== undefined && !byEtag && storage.checksum === 'MD5') throw checksumMismatch();
  const verified = { ...seen, verifiedBy: byChecksum ? 'CRC64NVME' : byEtag ? 'MD5' : 'size' } as const;

  const read = (start: number, end: number) => storage.read({ key, seen, start, end });
  const stored = { size: seen.size, read };
  const content = upload.contentEncoding === 'gzip' ? await unpacked(stored) : stored;
  if (!content) throw await discard(call, own, 'no gzip', typeRefused(NO_GZIP, policy));
  const judge = async (accepts: Accepts) => (accepts.restricts ? judgeContent(content, upload, accepts) : FITS);
  // What the rules of its own time refuse was never accepted; what those of today refuse may have been, before them.
  const then = await judge(createAccepts(upload.accept));
  if (!then.fits) throw await discard(call, own, then.found, typeRefused(then.message, policy));
  const isChanged = upload.accept.join() !== policy.accept.join();
  const now = isChanged ? await judge(policy.accepts) : FITS;
  if (!now.fits) throw typeRefused(now.message, policy);
  return verified;
}

const NO_GZIP = 'The file was announced as compressed, and is not.';

const FITS = { fits: true, found: '', message: '' } as const;

type Reason = 'size-mismatch' | 'type-refused' | 'scan-refused';

/** Nobody should find this object. A failure to remove it changes nothing for the one who sent it. */
async function discard(call: Call, own: OwnObject, found: string, error: UploadsError): Promise<UploadsError> {
  const { service, route, failed } = call;
  const quarantined = await toQuarantine(call, own);
  const removed = await route.storage.deleteObject(own).then(
    () => true,
    (cause: unknown) => {
      // Another object is there now: this one is gone.
      if (cause instanceof StoreError && cause.reason === 'taken') return true;
      failed(cause);
      return false;
    },
  );
  await release(call, [own.upload.id]);
  service.emit({
    event: 'discarded',
    at: service.clock(),
    ...factsOf(call, own.upload),
    reason: error.code as Reason,
    found,
    removed,
    ...(quarantined && { quarantined }),
  });
  return error;
}

/** Where the object is kept now; undefined where it is not. */
async function toQuarantine(
  { route, failed }: Call,
  { upload, key, seen }: OwnObject,
): Promise<ObjectPlace | undefined> {
  const { storage, quarantine } = route;
  if (quarantine === undefined) return undefined;
  const { prefix = '', bucket } = quarantine;
  const to = { key: prefix + upload.key, ...(bucket !== undefined && { bucket }) };
  try {
    await storage.copyObject({ key, seen, to });
    return to;
  } catch (error) {
    failed(error);
    return undefined;
  }
}

/** A store that did not compare by itself. */
const checksumMismatch = () =>
  new UploadsError({
    code: 'checksum-mismatch',
    message: 'What arrived at the file store is not what was sent.',
    hint: 'Start the upload of this file again.',
  });

const sizeMismatch = (stored: number, announced: number) =>
  new UploadsError({
    code: 'size-mismatch',
    message: `The store holds ${stored} bytes of this file, but ${announced} were announced.`,
    hint: 'The file has changed while it was sent: start its upload again.',
  });
