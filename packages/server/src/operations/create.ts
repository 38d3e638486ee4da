import type { Created, CreateRequest, CreateResponse, FileIntent, WireError } from '@portage/protocol';
import { toUploadsError, UploadsError } from '../errors.ts';
import { checkFile } from '../policy/check-file.ts';
import { displayName, keyName } from '../policy/file-name.ts';
import { mediaType } from '../policy/file-type.ts';
import { checkMetadata, objectHeaders } from '../policy/object-headers.ts';
import { checkKey } from '../policy/object-key.ts';
import { partCount, planPartSize } from '../policy/part-plan.ts';
import type { IncomingFile } from '../route.ts';
import type { Claims } from '../token/claims.ts';
import type { Call } from './call.ts';
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
  const failures: UploadsError[] = [];
  const answers = await mapInTurns(files, CONCURRENCY, async (file): Promise<Created | WireError> => {
    try {
      return await createOne(call, file, ahead);
    } catch (cause) {
      const error = toUploadsError(cause);
      failures.push(error);
      return error.toWire();
    }
  });
  const [failure] = failures;
  if (failure !== undefined && failures.length === files.length && failure.status >= 500) throw failure;
  return { files: answers };
}

async function createOne(call: Call, intent: FileIntent, ahead: number): Promise<Created> {
  const { service, route } = call;
  const file = incoming(call, intent);
  checkFile({ ...file, name: file.displayName }, route.policy);

  const key = checkKey(route.prefix + ((await route.hooks.key?.(file, call.context)) ?? `${file.id}/${file.name}`));
  const metadata = checkMetadata((await route.hooks.metadata?.(file, call.context)) ?? {}, file.displayName);
  const upload = await begin(call, { ...file, key, metadata }, intent.partSize);

  const expiresIn = service.tokenLifetime * 1000;
  const created = { id: file.id, token: service.tokens.seal(upload), key, expiresIn };
  if (upload.kind === 'multipart') {
    const count = Math.min(partCount(upload), ahead);
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const requests = await signUpload(service, upload, numbers);
    return { kind: 'multipart', ...created, partSize: upload.partSize, requests };
  }
  const [first] = await signUpload(service, upload, [1]);
  if (first === undefined) throw new TypeError('The storage signed nothing.');
  return { kind: 'single', ...created, request: first.request };
}

function incoming({ service }: Call, { name, size, type, meta = {} }: FileIntent): IncomingFile {
  const id = Array.from(service.random(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { id, name: keyName(name), displayName: displayName(name), size, type: mediaType(type), meta };
}

type NewUpload = IncomingFile & { key: string; metadata: Record<string, string> };

/** What the token will say; a multipart upload is begun at the store. */
async function begin({ service, route, context }: Call, file: NewUpload, wish: number | undefined): Promise<Claims> {
  const { id, key, size, type, displayName: name, metadata } = file;
  const expiresAt = service.clock() + service.tokenLifetime * 1000;
  const claims = { route: route.name, userId: context.userId, id, key, size, type, name, expiresAt };
  const partSize = planPartSize(size, wish);
  if (partSize === undefined) return { ...claims, kind: 'single', metadata };
  const headers = objectHeaders({ id, name, type, metadata });
  const uploadId = await service.storage.createMultipartUpload({ key, headers });
  return { ...claims, kind: 'multipart', uploadId, partSize };
}

/** As `Promise.all`, but with at most `width` at the same time. */
async function mapInTurns<T, R>(items: readonly T[], width: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
