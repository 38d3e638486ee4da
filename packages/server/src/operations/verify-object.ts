import type { CompleteRequest, CompleteResponse } from '@portage/protocol';
import { judgeContent } from '@portage/protocol/formats';
import { UploadsError } from '../errors.ts';
import { typeRefused } from '../policy/check-file.ts';
import type { ObjectPlace, StoredObject } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import { type Call, factsOf, type ResolvedRoute } from './call.ts';
import { release } from './hold-bytes.ts';

/** What the browser says of the bytes that it sent. */
export type Proof = Pick<CompleteRequest, 'checksum' | 'etag'>;

export type Verified = StoredObject & { readonly verifiedBy: NonNullable<CompleteResponse['verifiedBy']> };

/**
 * Looks at what the store holds before anybody is told of it: its size, its checksum where both sides know it, and where the route takes certain types only,
 * its content. What is not what was promised is put into quarantine or deleted.
 * @throws UploadsError `size-mismatch`, `checksum-mismatch` or `type-refused`.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html#file-signature-validation
 */
export async function verifyObject(
  call: Call,
  upload: Claims,
  object: StoredObject,
  { checksum, etag }: Proof,
): Promise<Verified> {
  if (object.size !== upload.size)
    throw await discard(call, upload, `${object.size} bytes`, sizeMismatch(object.size, upload.size));
  const storedEtag = object.etag.replaceAll('"', '');
  const byChecksum = checksum !== undefined && object.checksum === checksum;
  const byEtag = etag !== undefined && storedEtag === etag;
  if (checksum !== undefined && object.checksum !== undefined && !byChecksum)
    throw await discard(call, upload, object.checksum, checksumMismatch());
  if (etag !== undefined && !byEtag && comparisonOf(call, upload) === 'MD5')
    throw await discard(call, upload, storedEtag, checksumMismatch());
  const verified = { ...object, verifiedBy: byChecksum ? 'CRC64NVME' : byEtag ? 'MD5' : 'size' } as const;

  const { storage, policy } = call.route;
  if (!policy.accepts.restricts) return verified;
  const read = (start: number, end: number) => storage.read({ key: upload.key, start, end });
  const { fits, found, message } = await judgeContent({ size: object.size, read }, upload, policy.accepts);
  if (fits) return verified;
  throw await discard(call, upload, found, typeRefused(message, policy));
}

function comparisonOf({ route }: Call, { kind }: Claims) {
  return kind === 'multipart' ? route.storage.checksum : route.storage.putChecksum;
}

type Reason = 'size-mismatch' | 'checksum-mismatch' | 'type-refused';

/** Nobody should find this object. A failure to remove it changes nothing for the one who sent it. */
async function discard(call: Call, upload: Claims, found: string, error: UploadsError): Promise<UploadsError> {
  const { service, route } = call;
  const quarantined = await toQuarantine(route, upload.key);
  await route.storage.deleteObject(upload.key).catch(() => undefined);
  await release(call, [upload.id]);
  service.emit({
    event: 'discarded',
    at: service.clock(),
    ...factsOf(upload),
    reason: error.code as Reason,
    found,
    ...(quarantined && { quarantined }),
  });
  return error;
}

/** Where the object is kept now; undefined where it is not. */
async function toQuarantine({ storage, quarantine }: ResolvedRoute, key: string): Promise<ObjectPlace | undefined> {
  if (quarantine === undefined) return undefined;
  const { prefix = '', bucket } = quarantine;
  const to = { key: prefix + key, ...(bucket !== undefined && { bucket }) };
  return storage.copyObject({ key, to }).then(
    () => to,
    () => undefined,
  );
}

/** A store that did not compare by itself, or an object of an earlier call with other bytes. */
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
