const OCTET_STREAM = 'application/octet-stream';
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;\s*charset=[\w-]+)?$/;

/** The type that the browser guessed, where it is one that a header can carry. */
export const mediaType = (type: string) => (MEDIA_TYPE.test(type) ? type.toLowerCase() : OCTET_STREAM);

/** Says whether a file's type or extension is wanted. */
export type Accepts = (file: { name: string; type: string }) => boolean;

/**
 * @param patterns As in the `accept` attribute of an HTML input: `image/*`, `application/pdf`, `.mov`.
 * @throws TypeError for a pattern of another form.
 */
export function createAccepts(patterns: readonly string[]): Accepts {
  const tests = patterns.map((pattern) => createTest(pattern.trim().toLowerCase()));
  return ({ name, type }) => tests.some((test) => test(name.toLowerCase(), type.split(';')[0]?.trim() ?? ''));
}

function createTest(pattern: string): (name: string, type: string) => boolean {
  if (/^\.[^./\\]+(\.[^./\\]+)*$/.test(pattern)) return (name) => name.endsWith(pattern);
  if (pattern === '*/*') return () => true;
  if (/^[\w.+-]+\/\*$/.test(pattern)) return (_name, type) => type.startsWith(pattern.slice(0, -1));
  if (MEDIA_TYPE.test(pattern)) return (_name, type) => type === pattern;
  throw new TypeError(`\`accept\` has "${pattern}"; it takes forms like image/*, application/pdf and .mov.`);
}
