import type { Created, CreateRequest, CreateResponse, FileIntent, WireError } from '@portage/protocol';
import { toUploadsError, UploadsError } from '../errors.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { checkFile } from '../policy/check-file.ts';
import { displayName, keyName } from '../policy/file-name.ts';
import { mediaType } from '../policy/file-type.ts';
import { checkMetadata, objectHeaders } from '../policy/object-headers.ts';
import { checkKey } from '../policy/object-key.ts';
import { partCount, planPartSize } from '../policy/part-plan.ts';
import type { Quota } from '../policy/quota.ts';
import type { IncomingFile } from '../route.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import { type Call, factsOf, prefixOf } from './call.ts';
import { holdBytes, release } from './hold-bytes.ts';
import { endOfToken } from './open-token.ts';
import { signUpload } from './sign-upload.ts';

/** Parts that one call signs ahead, shared by its files: enough to start with, and the response stays small. */
const PARTS_AHEAD = 64;

/** Calls to the store at the same time. */
const CONCURRENCY = 10;

/**
 * Starts uploads. A file that is refused does not refuse the others.
 * @throws UploadsError `too-many-files`; or the failure of the server or its store, where it kept every file back.
 */
export async function create(call: Call, { files }: CreateRequest): Promise<CreateResponse> {
  const { maxFiles } = call.route;
  if (files.length > maxFiles)
    throw new UploadsError({
      code: 'too-many-files',
      message: `${files.length} files at once; the limit is ${maxFiles}.`,
      hint: 'Choose fewer files.',
    });

  const ahead = Math.ceil(PARTS_AHEAD / files.length);
  const wanted = files.map((intent) => incoming(call, intent));
  const quota = await holdBytes(
    call,
    wanted.filter(({ size }) => size <= call.route.policy.maxSize),
  );
  const failures: UploadsError[] = [];
  const given = new Set<string>();
  const answers = await mapInTurns(wanted, CONCURRENCY, async (file): Promise<Created | WireError> => {
    try {
      const created = await createOne(call, file, ahead, quota);
      given.add(file.id);
      return created;
    } catch (cause) {
      const error = toUploadsError(cause);
      failures.push(error);
      return error.toWire();
    }
  });
  await release(
    call,
    wanted.filter(({ id }) => !given.has(id)).map(({ id }) => id),
  );
  const [failure] = failures;
  if (failure !== undefined && failures.length === files.length && failure.status >= 500) throw failure;
  for (const error of failures) call.refused(error);
  const { accept, accepts } = call.route.policy;
  return { files: answers, ...(accepts.restricts && { accept: [...accept] }) };
}

async function createOne(call: Call, file: Wanted, ahead: number, quota: Quota | undefined): Promise<Created> {
  const { service, route, context } = call;
  const { hooks } = route;
  const { ask } = service.guard;
  checkFile({ ...file, name: file.displayName }, route.policy);
  const kept = (hooks.onComplete ?? hooks.scan) ? { meta: checkMeta(file.meta) } : undefined;
  quota?.take(file.size);

  const prefix = prefixOf(call);
  const named = await ask('key', () => hooks.key?.(file, context));
  const key = checkKey(prefix + (named ?? `${file.id}/${file.name}`));
  const metadata = checkMetadata(
    (await ask('metadata', () => hooks.metadata?.(file, context))) ?? {},
    file.displayName,
  );
  await ask('onCreate', () => hooks.onCreate?.({ ...file, key }, context));
  const upload = {
    ...(await begin(call, { ...file, key, prefix, metadata }, route.partSize ?? file.partSize)),
    ...kept,
  };

  const parts = partCount(upload);
  const numbers = Array.from({ length: Math.min(parts, ahead) }, (_, index) => index + 1);
  const requests = await signUpload(call, upload, numbers);
  service.emit({ event: 'created', at: upload.createdAt, parts, ...factsOf(upload) });

  const { checksum, place } = route.storage;
  return {
    kind: 'multipart',
    id: file.id,
    token: service.tokens.seal(upload, place),
    key,
    expiresIn: upload.expiresAt - upload.createdAt,
    ...(checksum && { checksum }),
    partSize: upload.partSize,
    requests,
  };
}

/** Fields that fit into a token beside all else that is in it. @throws UploadsError `bad-request`. */
function checkMeta(meta: IncomingFile['meta']): IncomingFile['meta'] {
  const { length } = new TextEncoder().encode(JSON.stringify(meta));
  if (length <= MAX_KEPT_META) return meta;
  throw new UploadsError({
    code: 'bad-request',
    message: `The fields that came with the file are ${length} bytes; this route takes ${MAX_KEPT_META}.`,
    hint: 'Send fewer fields, or shorter ones: see `allowedMetaFields`.',
  });
}

/** Most bytes of the app's fields, as JSON, that travel in the token of an upload. */
const MAX_KEPT_META = 2048;

/** A file, and the size of parts that the browser wishes. */
type Wanted = IncomingFile & { partSize: number | undefined };

function incoming(
  { service, route }: Call,
  { name, size, partSize, contentEncoding, meta = {}, ...said }: FileIntent,
): Wanted {
  const id = Array.from(service.random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const shown = displayName(name);
  const type = route.policy.accepts.typeOf({ name: shown, type: mediaType(said.type) });
  const packed = contentEncoding && { contentEncoding };
  return { id, name: keyName(shown), displayName: shown, size, type, ...packed, partSize, meta };
}

type NewUpload = IncomingFile & { key: string; prefix: string; metadata: Record<string, string> };

/**
 * Begins a multipart upload at the store, for the smallest file too: nothing is at a key before the server has completed
 * it, and from then on no signature of it can store anything there. A signed PUT could be sent again for as long as it
 * lives, and had again for as long as the token does.
 */
async function begin({ service, route, context }: Call, file: NewUpload, wish: number | undefined): Promise<Claims> {
  const { id, key, prefix, size, type, displayName: name, contentEncoding, metadata } = file;
  const packed = contentEncoding && { contentEncoding };
  const { storage } = route;
  const { userId } = context;
  const createdAt = service.clock();
  const claims = {
    ...{ route: route.name, userId, id, key, size, type, name, createdAt, ...packed },
    prefixLength: prefix.length,
    // What may replace a good file is checked before it does, and so is what nobody can remove any more.
    pending: route.overwrite || storage.takesLateParts === true || storage.locksObjects === true,
    partSize: planPartSize(size, wish, storage),
    accept: route.policy.accept,
    expiresAt: endOfToken(service, { createdAt, userId }, createdAt),
  };
  const headers = objectHeaders({ id, name, type, ...packed, metadata });
  const at = partsOf({ ...claims, uploadId: '' }).key;
  return { ...claims, uploadId: await storage.createMultipartUpload({ key: at, headers }) };
}
