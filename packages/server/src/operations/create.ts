import type { Created, CreateRequest, CreateResponse, FileIntent, WireError } from '@portage/protocol';
import { StoreError, toUploadsError, UploadsError } from '../errors.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { checkFile } from '../policy/check-file.ts';
import { displayName, keyName } from '../policy/file-name.ts';
import { mediaType } from '../policy/file-type.ts';
import { checkMetadata, objectHeaders } from '../policy/object-headers.ts';
import { checkKey } from '../policy/object-key.ts';
import { type PartWish, partCount, planUpload } from '../policy/part-plan.ts';
import type { Quota } from '../policy/quota.ts';
import { atHome, atRegion, offeredRegions, offers, rest, wellFirst } from '../regions/at-home.ts';
import type { Left } from '../regions/left-behind.ts';
import type { IncomingFile } from '../route.ts';
import { type Claims, partsOf } from '../token/claims.ts';
import { type Call, factsOf, prefixOf } from './call.ts';
import { holdBytes, release } from './hold-bytes.ts';
import { endOfToken, openToken } from './open-token.ts';
import { signUpload } from './sign-upload.ts';

/** Parts that one call signs ahead, shared by its files: enough to start with, and the response stays small. */
const PARTS_AHEAD = 64;

/** Calls to the store at the same time. */
const CONCURRENCY = 10;

/**
 * Starts uploads. A file that is refused does not refuse the others.
 * @throws UploadsError `too-many-files`; or the failure of the server or its store, where it kept every file back.
 */
export async function create(call: Call, { files, ...wish }: CreateRequest): Promise<CreateResponse> {
  const { maxFiles } = call.route;
  if (files.length > maxFiles)
    throw new UploadsError({
      code: 'too-many-files',
      message: `These are ${files.length} files at once; the limit is ${maxFiles}.`,
      hint: 'Choose fewer files.',
    });

  const ahead = Math.ceil(PARTS_AHEAD / files.length);
  const offered = call.regions.length > 0 ? offeredRegions(call, wish) : [];
  const wanted = files.map((intent) => incoming(call, intent));
  // What is moved is held already.
  const fresh = wanted.filter(({ moves }) => moves === undefined);
  const quota = await holdBytes(
    call,
    fresh.filter(({ size }) => size <= call.route.policy.maxSize),
  );
  const failures: UploadsError[] = [];
  const given = new Set<string>();
  const created = await mapInTurns(wanted, CONCURRENCY, async (file): Promise<Created | WireError> => {
    try {
      const one = await createOne(call, file, { ahead, quota, offered });
      given.add(file.id);
      return one;
    } catch (cause) {
      const error = toUploadsError(cause);
      failures.push(error);
      return error.toWire();
    }
  });
  await release(
    call,
    fresh.filter(({ id }) => !given.has(id)).map(({ id }) => id),
  );
  const [failure] = failures;
  if (failure !== undefined && failures.length === files.length && failure.status >= 500) throw failure;
  for (const error of failures) call.refused(error);
  const { accept, accepts } = call.route.policy;
  const { http2, packs } = call.route.storage;
  return {
    files: created,
    ...(accepts.restricts && { accept: [...accept] }),
    ...(offered.length > 1 && { regions: offers(call, offered) }),
    ...(http2 && { http2 }),
    ...(packs && { packs }),
  };
}

/** What the files of a call share. */
interface Shared {
  /** Parts that are signed with each. */
  ahead: number;
  quota: Quota | undefined;
  /** Regions to begin it in, the best first; none where there is one store. */
  offered: readonly string[];
}

async function createOne(call: Call, asked: Wanted, { ahead, quota, offered }: Shared): Promise<Created> {
  const { service, route, context } = call;
  const { hooks } = route;
  const { ask } = service.guard;
  const moved = asked.moves === undefined ? undefined : openMoved(call, asked, asked.moves);
  // The same upload: what the app has let in, whatever the page says of it now.
  const file = moved ? { ...asked, ...sealed(moved.upload) } : asked;
  checkFile({ ...file, name: file.displayName }, route.policy);
  // `metadata` is asked again where the upload is moved: of the fields that `onCreate` has seen.
  const needsMeta = hooks.onComplete ?? hooks.scan ?? (call.regions.length > 0 ? hooks.metadata : undefined);
  const kept = needsMeta && { meta: checkMeta(file.meta) };
  if (!moved) quota?.take(file.size);

  const prefix = prefixOf(call);
  const named = moved ? undefined : await ask('key', () => hooks.key?.(file, context));
  const key = moved ? moved.upload.key : checkKey(prefix + (named ?? `${file.id}/${file.name}`));
  const metadata = checkMetadata(
    (await ask('metadata', () => hooks.metadata?.(file, context))) ?? {},
    file.displayName,
  );
  if (!moved) await ask('onCreate', () => hooks.onCreate?.({ ...file, key }, context));
  const now = service.clock();
  const wished = { ...file, key, prefix, metadata, createdAt: moved?.upload.createdAt ?? now, now };
  const { at, upload, requests } = await inFirst(call, offered, moved?.region, async (at) => {
    const upload = { ...(await begin(at, wished, route.partSize === undefined ? file : route)), ...kept };
    const numbers = Array.from({ length: Math.min(partCount(upload), ahead) }, (_, index) => index + 1);
    return { at, upload, requests: await signUpload(at, upload, numbers) };
  });

  const parts = partCount(upload);
  const movedFrom = moved && { movedFrom: moved.region };
  service.emit({ event: 'created', at: now, parts, ...movedFrom, ...factsOf(at, upload) });
  if (moved) service.leftBehind.moved(moved, { region: at.region ?? '', storage: at.lasting, upload });

  const { checksum, place } = at.route.storage;
  return {
    kind: 'multipart',
    id: file.id,
    ...(offered.length > 1 && at.region !== undefined && { region: at.region }),
    token: service.tokens.seal(upload, place),
    key,
    expiresIn: upload.expiresAt - now,
    ...(checksum && { checksum }),
    partSize: upload.partSize,
    ...(upload.lanes !== undefined && { lanes: upload.lanes }),
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

/** A file, and the parts that the browser wishes. */
type Wanted = IncomingFile & PartWish & Pick<FileIntent, 'moves'>;

/** How long a region has to begin an upload while there is another one, in milliseconds. */
const BEGIN_WITHIN = 3_000;

/**
 * Does the work in the first region that responds, or at the one store where there are no regions.
 * @param last A region that the page cannot reach. It is taken where there is no other.
 */
async function inFirst<T>(
  call: Call,
  offered: readonly string[],
  last: string | undefined,
  work: (at: Call) => Promise<T>,
): Promise<T> {
  if (offered.length === 0) return work(call);
  const [first, ...others] = wellFirst(call, offered).toSorted((a, b) => Number(a === last) - Number(b === last));
  if (first === undefined) return work(call);
  const at = atRegion(call, first);
  if (others.length === 0) return work(at);
  const { storage } = at.route;
  const soon = storage.within?.(AbortSignal.any([call.ends, AbortSignal.timeout(BEGIN_WITHIN)])) ?? storage;
  try {
    return await work({ ...at, route: { ...at.route, storage: soon } });
  } catch (error) {
    if (!(error instanceof StoreError && error.reason === 'unavailable')) throw error;
    rest(at);
    call.failed(error);
    return inFirst(call, others, undefined, work);
  }
}

/**
 * The upload that is to be moved to another region.
 * @throws UploadsError as `openToken`, and `bad-request` where it is not of this file.
 */
function openMoved(call: Call, { size, contentEncoding }: Wanted, token: string): Left {
  const home = atHome(call, token);
  const { upload } = openToken(home, token);
  if (home.region !== undefined && upload.size === size && upload.contentEncoding === contentEncoding)
    return { region: home.region, storage: home.lasting, upload };
  throw new UploadsError({
    code: 'bad-request',
    message: 'This is not the file whose upload is to go on in another region.',
    hint: 'Start the upload of this file again.',
  });
}

/** The file of an upload as it was when `onCreate` was asked. */
const sealed = ({ id, name, type, meta = {} }: Claims) => ({ id, name: keyName(name), displayName: name, type, meta });

function incoming(
  { service, route }: Call,
  { name, size, partSize, adaptPartSize, unequal, contentEncoding, meta = {}, moves, ...said }: FileIntent,
): Wanted {
  const id = Array.from(service.random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const shown = displayName(name);
  const type = route.policy.accepts.typeOf({ name: shown, type: mediaType(said.type) });
  const packed = contentEncoding && { contentEncoding };
  const wish = { partSize, adaptPartSize, unequal, moves };
  return { id, name: keyName(shown), displayName: shown, size, type, ...packed, ...wish, meta };
}

type NewUpload = IncomingFile & {
  key: string;
  prefix: string;
  metadata: Record<string, string>;
  /** When it was created first, and when it is in this region. */
  createdAt: number;
  now: number;
};

/**
 * Begins a multipart upload at the store, for the smallest file too: nothing is at a key before the server has completed
 * it, and from then on no signature of it can store anything there. A signed PUT could be sent again for as long as it
 * lives, and had again for as long as the token does.
 */
async function begin({ service, route, context }: Call, file: NewUpload, wish: PartWish): Promise<Claims> {
  const { id, key, prefix, size, type, displayName: name, contentEncoding, metadata, createdAt, now } = file;
  const packed = contentEncoding && { contentEncoding };
  const { storage } = route;
  const { userId } = context;
  const claims = {
    ...{ route: route.name, userId, id, key, size, type, name, createdAt, ...packed },
    prefixLength: prefix.length,
    // What may replace a good file is checked before it does, and so is what nobody can remove any more.
    pending: route.overwrite || storage.takesLateParts === true || storage.locksObjects === true,
    ...planUpload(size, wish, storage),
    accept: route.policy.accept,
    expiresAt: endOfToken(service, { createdAt, userId }, now),
  };
  const headers = objectHeaders({ id, name, type, ...packed, metadata });
  const at = partsOf({ ...claims, uploadId: '' }).key;
  return { ...claims, uploadId: await storage.createMultipartUpload({ key: at, headers }) };
}
