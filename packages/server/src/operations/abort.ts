import type { AbortRequest, AbortResponse } from '@portage/protocol';
import { StoreError } from '../errors.ts';
import { type Call, factsOf } from './call.ts';
import { release } from './hold-bytes.ts';
import { openToken } from './open-token.ts';

/**
 * Gives an upload up and frees its parts. May be called again. An object that is already complete stays: somebody may
 * count on it.
 */
export async function abort(call: Call, { token }: AbortRequest): Promise<AbortResponse> {
  const { service, route } = call;
  const { upload } = openToken(call, token);
  if (upload.kind === 'multipart')
    await route.storage.abortMultipartUpload(upload).catch((error: unknown) => {
      if (!(error instanceof StoreError && error.reason === 'no-such-upload')) throw error;
    });
  await release(call, [upload.id]);
  service.emit({ event: 'aborted', at: service.clock(), ...factsOf(upload) });
  return {};
}
