import { S3Error } from '../errors/s3-error.ts';

/** Decodes percent-encoded UTF-8; anything else is not a URI that S3 takes. */
export function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', { details: { URI: text.slice(0, 1024) } });
  }
}

/**
 * Encodes everything but the unreserved characters of RFC 3986, as Signature Version 4 wants it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */
export function encodeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Like `encodeUri`, but leaves slashes. */
export function encodeUriPath(path: string): string {
  return path.split('/').map(encodeUri).join('/');
}
