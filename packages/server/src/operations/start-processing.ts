import type { FileToProcess } from '../processing.ts';
import type { StoredFile } from '../route.ts';
import type { Call } from './call.ts';

/** What a page may ask by how far the processing of a file is; undefined where its route has none. */
export function statusTokenOf({ service, route, context }: Call, file: StoredFile): string | undefined {
  if (route.process === undefined) return undefined;
  const claims = { route: route.name, userId: context.userId, ...fileOf(file) };
  return service.statusTokens.seal(claims, route.storage.place);
}

/**
 * Has a stored file processed. A queue that is away does not fail the upload, which is complete: a sweep finds the file.
 */
export async function startProcessing({ service, route, failed }: Call, file: StoredFile): Promise<void> {
  const { processing, guard } = service;
  const { process } = route;
  if (process === undefined) return;
  await guard.ask('process', () => processing?.enqueue(process, fileOf(file))).catch(failed);
}

const fileOf = ({ key, etag, size, type, displayName }: StoredFile): FileToProcess => ({
  key,
  etag,
  size,
  type,
  name: displayName,
});
