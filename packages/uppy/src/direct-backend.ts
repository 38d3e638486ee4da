/** What is loaded when the page talks to S3 itself: with `signRequest`, or with credentials of its own. */
import type { Backend } from '@portage/engine';
import { createCredentialsSigner } from './credentials-signer.ts';
import { defaultKey } from './default-key.ts';
import { createS3Backend } from './s3-backend.ts';
import type { SignRequestFn } from './uppy-types.ts';

/**
 * @param options - their functions are read at each call.
 * @param fileOf - finds a file by its id, for the app's own key.
 */
export function createDirectBackend<File>(
  options: ({ signRequest: SignRequestFn } | Parameters<typeof createCredentialsSigner>[0]) & {
    generateObjectKey?: (file: File) => string;
  },
  fileOf: (id: string) => File | undefined,
): Backend {
  const signRequest =
    'signRequest' in options
      ? (((request) => options.signRequest(request)) as SignRequestFn)
      : createCredentialsSigner(options);
  const ownKey = (file: File | undefined) => file && options.generateObjectKey?.(file);
  return createS3Backend({ signRequest, keyFor: ({ id, name }) => ownKey(fileOf(id)) ?? defaultKey(name) });
}
