import type { AbortRequest, AbortResponse } from '@portage/protocol';
import { StoreError } from '../errors.ts';
import { partsOf } from '../token/claims.ts';
import { type Call, factsOf } from './call.ts';
import { release } from './hold-bytes.ts';
import { openToEnd } from './open-token.ts';
import { removePending } from './remove-pending.ts';

/**
 * Gives an upload up and frees its parts. May be called again. An object that is already complete stays: somebody may
 * count on it.
 */
export async function abort(call: Call, { token }: AbortRequest): Promise<AbortResponse> {
  const { service, route } = call;
  const upload = openToEnd(call, token);
  await route.storage.abortMultipartUpload(partsOf(upload)).catch(async (error: unknown) => {
    if (!(error instanceof StoreError && error.reason === 'no-such-upload')) throw error;
    if (upload.pending) await removePending(route.storage, upload);
  });
  await release(call, [upload.id]);
  service.emit({ event: 'aborted', at: service.clock(), ...factsOf(call, upload) });
  return {};
}
