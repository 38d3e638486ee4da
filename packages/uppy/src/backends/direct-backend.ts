/** What is loaded when the page talks to S3 itself: with `signRequest`, or with credentials of its own. */
import type { Backend } from '@portage/engine';
import { createCredentialsSigner } from './credentials-signer.ts';
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

/**
 * An object key as `@uppy/aws-s3` makes them: something random, then the file's name. `crypto.randomUUID` is missing on
 * plain HTTP, `crypto.getRandomValues` is not. Segments `.` and `..` are changed: browsers would resolve them away.
 */
function defaultKey(name: string): string {
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${random.join('')}-${name.replace(/(^|\/)(\.{1,2})(?=\/|$)/g, '$1_')}`;
}
