import type { SignRequest, SignResponse } from '@portage/protocol';
import type { Call } from './call.ts';
import { openToken } from './open-token.ts';
import { signUpload } from './sign-upload.ts';

/** Signs parts: ahead of need, and again before a signature ends. The store is not asked. */
export async function sign(call: Call, { token, parts }: SignRequest): Promise<SignResponse> {
  const { upload, renewed } = openToken(call, token);
  return { requests: await signUpload(call, upload, parts), ...renewed };
}
