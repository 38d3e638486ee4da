/**
 * An object key as `@uppy/aws-s3` makes them: something random, then the file's name. `crypto.randomUUID` is missing on
 * plain HTTP, `crypto.getRandomValues` is not. Segments `.` and `..` are changed: browsers would resolve them away.
 */
export function defaultKey(name: string): string {
  const random = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${random.join('')}-${name.replace(/(^|\/)(\.{1,2})(?=\/|$)/g, '$1_')}`;
}
