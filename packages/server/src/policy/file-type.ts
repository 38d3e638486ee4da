import { lookup } from 'mrmime';

const OCTET_STREAM = 'application/octet-stream';
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;\s*charset=[\w-]+)?$/;

/** The type that the browser guessed, where it is one that a header can carry. */
export const mediaType = (type: string) => (MEDIA_TYPE.test(type) ? type.toLowerCase() : OCTET_STREAM);

/** A type without its parameters. */
export const bareType = (type: string) => type.split(';')[0]?.trim().toLowerCase() ?? '';

/** The type that a name's last extension stands for. */
export const typeOfName = (name: string) => {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1];
  return extension === undefined ? undefined : lookup(extension.toLowerCase());
};

/** What a route takes. */
export interface Accepts {
  /** False where every type is taken. */
  readonly restricts: boolean;
  /** Whether a file's type or extension is wanted, and neither contradicts that. */
  claim(file: { name: string; type: string }): boolean;
  /** Whether the name ends as one of the patterns. */
  name(name: string): boolean;
  /** Whether a type is wanted. */
  type(type: string): boolean;
}

interface Test {
  type(type: string): boolean;
  name(name: string): boolean;
}

/**
 * @param patterns As in the `accept` attribute of an HTML input: `image/*`, `application/pdf`, `.mov`.
 * @throws TypeError for a pattern of another form.
 */
export function createAccepts(patterns: readonly string[]): Accepts {
  const tests = patterns.map((pattern) => createTest(pattern.trim().toLowerCase()));
  const restricts = !patterns.some((pattern) => pattern.trim() === '*/*');
  const nameFits = (name: string) => tests.some((test) => test.name(name));
  const typeFits = (type: string) => tests.some((test) => test.type(type));

  function claim(file: { name: string; type: string }): boolean {
    const name = file.name.toLowerCase();
    if (!restricts || nameFits(name)) return true;
    const type = bareType(file.type);
    const named = typeOfName(name);
    // `invoice.pdf.exe` is what its last extension says, whatever type comes with it.
    if ((named !== undefined && !typeFits(named)) || EXECUTABLE.test(name)) return false;
    return typeFits(type === OCTET_STREAM ? (named ?? type) : type);
  }
  return { restricts, claim, name: (name) => nameFits(name.toLowerCase()), type: (type) => typeFits(bareType(type)) };
}

/** What a server or a desktop would run. Only a pattern that names the extension lets it in. */
const EXECUTABLE =
  /\.(?:php\d?|phtml|phar|aspx?|ashx|asmx|jspx?|cgi|pl|py|rb|sh|bash|bat|cmd|com|exe|dll|scr|msi|ps1|vbs?|wsf|hta|jar|htaccess)$/;

const never = () => false;
const always = () => true;

function createTest(pattern: string): Test {
  if (/^\.[^./\\]+(\.[^./\\]+)*$/.test(pattern)) {
    const named = typeOfName(pattern);
    return { name: (name) => name.endsWith(pattern), type: named === undefined ? never : (type) => type === named };
  }
  if (pattern === '*/*') return { name: never, type: always };
  if (/^[\w.+-]+\/\*$/.test(pattern)) return { name: never, type: (type) => type.startsWith(pattern.slice(0, -1)) };
  if (MEDIA_TYPE.test(pattern)) return { name: never, type: (type) => type === pattern };
  throw new TypeError(`\`accept\` has "${pattern}"; it takes forms like image/*, application/pdf and .mov.`);
}
