import type { Created, CreateRequest, CreateResponse, FileIntent, WireError } from '@portage/protocol';
import { toUploadsError, UploadsError } from '../errors.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { checkFile } from '../policy/check-file.ts';
import { displayName, keyName } from '../policy/file-name.ts';
import { mediaType } from '../policy/file-type.ts';
import { checkMetadata, objectHeaders } from '../policy/object-headers.ts';
import { checkKey, userFolder } from '../policy/object-key.ts';
import { partCount, planPartSize, wholePartSize } from '../policy/part-plan.ts';
import type { Quota } from '../policy/quota.ts';
import type { IncomingFile } from '../route.ts';
import type { Claims } from '../token/claims.ts';
import { type Call, factsOf, type ResolvedRoute } from './call.ts';
import { holdBytes, release } from './hold-bytes.ts';
import { endOfToken } from './open-token.ts';
import { signUpload } from './sign-upload.ts';

/** Parts that one call signs ahead, shared by its files: enough to start with, and the answer stays small. */
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
  return { files: answers };
}

async function createOne(call: Call, file: Wanted, ahead: number, quota: Quota | undefined): Promise<Created> {
  const { service, route, context } = call;
  const { hooks } = route;
  const { ask } = service.guard;
  checkFile({ ...file, name: file.displayName }, route.policy);
  quota?.take(file.size);

  const named = await ask('key', () => hooks.key?.(file, context));
  const key = checkKey(prefixOf(call) + (named ?? `${file.id}/${file.name}`));
  const metadata = checkMetadata(
    (await ask('metadata', () => hooks.metadata?.(file, context))) ?? {},
    file.displayName,
  );
  await ask('onCreate', () => hooks.onCreate?.({ ...file, key }, context));
  const upload = await begin(call, { ...file, key, metadata }, route.partSize ?? file.partSize);

  const parts = upload.kind === 'multipart' ? partCount(upload) : 1;
  const numbers = Array.from({ length: Math.min(parts, ahead) }, (_, index) => index + 1);
  const requests = await signUpload(call, upload, numbers);
  service.emit({ event: 'created', at: upload.createdAt, parts, ...factsOf(upload) });

  const expiresIn = upload.expiresAt - upload.createdAt;
  const checksum = upload.kind === 'multipart' ? route.storage.checksum : route.storage.putChecksum;
  const created = { id: file.id, token: service.tokens.seal(upload), key, expiresIn, ...(checksum && { checksum }) };
  if (upload.kind === 'multipart') return { kind: 'multipart', ...created, partSize: upload.partSize, requests };
  const [first] = requests;
  if (first === undefined) throw new TypeError('The storage signed nothing.');
  return { kind: 'single', ...created, request: first.request };
}

/** A user's keys are in a folder of the user's own, unless the route names the whole prefix by itself. */
function prefixOf({ service, route, context }: Call): string {
  const { name, prefix = `${name}/` } = route;
  return typeof prefix === 'function' ? prefix(context) : prefix + userFolder(context.userId, service.sha256);
}

/** A file, and the size of parts that the browser wishes. */
type Wanted = IncomingFile & { partSize: number | undefined };

function incoming({ service, route }: Call, { name, size, partSize, meta = {}, ...said }: FileIntent): Wanted {
  const id = Array.from(service.random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const type = route.policy.accepts.typeOf({ name, type: mediaType(said.type) });
  return { id, name: keyName(name), displayName: displayName(name), size, type, partSize, meta };
}

type NewUpload = IncomingFile & { key: string; metadata: Record<string, string> };

/**
 * Whether the browser must not be able to send the file again once its content was checked. Signed PUTs can be sent
 * again, and signed again, unless the store refuses to overwrite; a multipart upload ends when it is completed.
 */
const mustEnd = ({ policy, storage, overwrite }: ResolvedRoute) =>
  policy.accepts.restricts && (overwrite || storage.refusesOverwrite !== true);

/** What the token will say; a multipart upload is begun at the store. */
async function begin({ service, route, context }: Call, file: NewUpload, wish: number | undefined): Promise<Claims> {
  const { id, key, size, type, displayName: name, metadata } = file;
  const createdAt = service.clock();
  const expiresAt = endOfToken(service, { createdAt, userId: context.userId }, createdAt);
  const claims = { route: route.name, userId: context.userId, id, key, size, type, name, createdAt, expiresAt };
  const partSize =
    planPartSize(size, wish, route.storage) ?? (size > 0 && mustEnd(route) ? wholePartSize(size) : undefined);
  if (partSize === undefined) return { ...claims, kind: 'single', metadata };
  const headers = objectHeaders({ id, name, type, metadata });
  const uploadId = await route.storage.createMultipartUpload({ key, headers });
  return { ...claims, kind: 'multipart', uploadId, partSize };
}
