/** Uploads that Uppy's own `AwsS3` left on an earlier page, and that Golden Retriever brought back with their files. */
import type { Backend, Failure, Intent, Opened, Outcome, Session } from '@portage/engine';
import { MAX_PARTS, MIN_PART_SIZE, type StoredPart } from '@portage/protocol';

/** What `AwsS3` writes into a file, as `s3Multipart`. */
interface Left {
  readonly key: string;
  readonly uploadId: string;
}

/** Goes on with such an upload from the parts that the store holds, or begins a new one where that cannot be. */
export async function goOnFromUppy(
  backend: Backend,
  { key, uploadId: token }: Left,
  intent: Intent,
  signal: AbortSignal,
): Promise<Outcome<Opened>> {
  const session: Session = { kind: 'multipart', key, token, partSize: 0, checksum: 'ETag' };
  const held = await backend.listParts(session, signal);
  if (!held.ok && passes(held.failure)) return held;
  const parts = held.ok && held.value.kind === 'parts' ? held.value.parts : undefined;
  const partSize = parts && partSizeOf(parts, intent);
  // Forgotten by the store, refused, or of other bytes than the file has now.
  if (!partSize) return backend.create(intent, signal);
  return { ok: true, value: { session: { ...session, partSize }, requests: [], holding: { kind: 'parts', parts } } };
}

/** No response says nothing about the upload: the engine asks again. */
function passes(failure: Failure): boolean {
  if (failure.kind === 'network' || failure.kind === 'stalled') return true;
  // Companion says 500 to whatever the store refuses.
  return 'status' in failure && failure.status > (failure.kind === 'store' ? 499 : 500);
}

/** All parts but the last have it. Undefined where the parts are not those of a file of that size. */
function partSizeOf(parts: readonly StoredPart[], { size, partSize: wish = Math.max(1, size) }: Intent) {
  const partSize = parts.length > 0 ? Math.max(...parts.map((part) => part.size)) : wish;
  const isPossible = partSize >= Math.min(MIN_PART_SIZE, size) && Math.ceil(size / partSize) <= MAX_PARTS;
  const fits = (part: StoredPart) => part.size === Math.min(partSize, size - (part.partNumber - 1) * partSize);
  return isPossible && parts.every(fits) ? partSize : undefined;
}
