import type { SignRequest, SignResponse } from '@portage/protocol';
import { type Call, openToken } from './call.ts';
import { signUpload } from './sign-upload.ts';

/** Signs parts: ahead of need, and again before a signature ends. The store is not asked. */
export async function sign(call: Call, { token, parts }: SignRequest): Promise<SignResponse> {
  return { requests: await signUpload(call, openToken(call, token), parts) };
}
