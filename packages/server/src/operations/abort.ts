import type { AbortRequest, AbortResponse } from '@portage/protocol';
import { StoreError } from '../errors.ts';
import { type Call, openToken } from './call.ts';

/**
 * Gives an upload up and frees its parts. May be called again. An object that is already complete stays: somebody may
 * count on it.
 */
export async function abort(call: Call, { token }: AbortRequest): Promise<AbortResponse> {
  const upload = openToken(call, token);
  if (upload.kind === 'multipart')
    await call.service.storage.abortMultipartUpload(upload).catch((error: unknown) => {
      if (!(error instanceof StoreError && error.reason === 'no-such-upload')) throw error;
    });
  return {};
}
