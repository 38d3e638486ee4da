/** What a route takes, and whether a file's name and type are of it. */
import { bareType, extensionOf, type Meaning, meaningsOf, meaningsOfType, plainType, theCatalog } from './catalog.ts';

const OCTET_STREAM = 'application/octet-stream';

/** Of what may be in a file, what a route takes of it. */
export interface Claim extends Meaning {
  /** Whether a pattern names it, and not only its kind, as `image/*` does. */
  readonly isNamed: boolean;
}

export interface Accepts {
  /** False where every type is taken. */
  readonly restricts: boolean;
  /** Whether the name may be that of a file that the route takes, and where it says nothing, the type. */
  claim(file: { name: string; type: string }): boolean;
  /** What the file may be, of all that the route takes. */
  claims(file: { name: string; type: string }): readonly Claim[];
  /** Whether a type is wanted. */
  type(type: string): boolean;
  /** The type to keep a file under: the one that came with it, unless its name stands for others. */
  typeOf(file: { name: string; type: string }): string;
}

function typeOf({ name, type }: { name: string; type: string }): string {
  const meanings = meaningsOf(name);
  const plain = plainType(type);
  if (plain === OCTET_STREAM || meanings.length === 0 || meanings.some((meaning) => meaning.type === plain))
    return type;
  return meanings[0]?.format?.types[0] ?? type;
}

interface Pattern {
  fits(meaning: Meaning): boolean;
  /** Whether the name ends as it says. */
  name(name: string): boolean;
  readonly isNamed: boolean;
}

/** What a server or a desktop would run: only a pattern that names the extension or its type lets it in. */
const EXECUTABLE =
  /\.(?:php\d?|phtml|phar|aspx?|ashx|asmx|jspx?|cgi|pl|py|rb|sh|bash|bat|cmd|com|exe|dll|scr|msi|ps1|vbs?|wsf|hta|jar|htaccess|lnk)$/;

/**
 * @param patterns As in the `accept` attribute of an HTML input: `image/*`, `application/pdf`, `.mov`.
 * @throws TypeError for a pattern of another form, and for one that no file can meet.
 */
export function createAccepts(patterns: readonly string[]): Accepts {
  const tests = patterns.map((pattern) => createPattern(pattern.trim().toLowerCase()));
  const restricts = !patterns.some((pattern) => pattern.trim() === '*/*');

  function claims(file: { name: string; type: string }): readonly Claim[] {
    const name = file.name.trim().toLowerCase();
    const named = meaningsOf(name);
    const typed = plainType(file.type);
    // A browser's type is a guess by the name, and often a wrong one: only where the name says nothing it counts.
    const meanings = named.length > 0 ? named : meaningsOfType(typed);
    if (tests.some((test) => test.name(name)))
      return meanings.length > 0
        ? meanings.map((meaning) => ({ ...meaning, isNamed: true }))
        : [{ type: OCTET_STREAM, format: undefined, isNamed: true }];
    const taken = meanings.flatMap((meaning) => {
      const fitting = tests.filter((test) => test.fits(meaning));
      return fitting.length === 0 ? [] : [{ ...meaning, isNamed: fitting.some((test) => test.isNamed) }];
    });
    if (!EXECUTABLE.test(name)) return taken;
    return taken.filter(({ isNamed, type }) => isNamed && type !== OCTET_STREAM && type !== 'text/plain');
  }

  function claim(file: { name: string; type: string }): boolean {
    if (!restricts || claims(file).length > 0) return true;
    // Nothing is said of it, neither by its name nor by its type: its content will tell.
    const type = bareType(file.type);
    return extensionOf(file.name) === undefined && (type === '' || type === OCTET_STREAM);
  }
  const fitsType = (type: string) => meaningsOfType(type).some((meaning) => tests.some((test) => test.fits(meaning)));
  return { restricts, claim, claims, type: fitsType, typeOf: (file) => (restricts ? typeOf(file) : file.type) };
}

function createPattern(pattern: string): Pattern {
  if (/^\.[^./\\,;\s]+(\.[^./\\,;\s]+)*$/.test(pattern)) {
    const [main] = meaningsOf(pattern);
    const isSame = ({ type, format }: Meaning) =>
      type === main?.type && format === main.format && type !== OCTET_STREAM;
    return { isNamed: true, name: (name) => name.endsWith(pattern), fits: isSame };
  }
  const name = () => false;
  if (pattern === '*/*') return { isNamed: false, name, fits: () => true };
  const kind = /^([\w.+-]+)\/\*$/.exec(pattern)?.[1];
  if (kind !== undefined && isKind(kind))
    return { isNamed: false, name, fits: ({ type }) => type.startsWith(`${kind}/`) };
  if (/^[\w.+-]+\/[\w!#$&^.+-]+$/.test(pattern)) {
    const plain = plainType(pattern);
    const meanings = meaningsOfType(plain);
    if (meanings.length > 0 || plain === OCTET_STREAM)
      return {
        isNamed: true,
        name,
        fits: ({ type, format }) => type === plain || meanings.some((meaning) => isAlias(meaning, { type, format })),
      };
    throw new TypeError(
      `\`accept\` has "${pattern}", a type that no file is known to have; name the extension of those files, such as .mov.`,
    );
  }
  throw new TypeError(`\`accept\` has "${pattern}"; it takes forms like image/*, application/pdf and .mov.`);
}

const isKind = (kind: string) => [...theCatalog().byType.keys()].some((type) => type.startsWith(`${kind}/`));

/** Whether two types are names of one format, and none of them is for sound where the other is for pictures. */
const isAlias = (a: Meaning, b: Meaning) => a.format !== undefined && a.format === b.format && kindOf(a) === kindOf(b);

const kindOf = ({ type }: Meaning) => (/^(?:audio|video)\//.exec(type) ?? ['other'])[0];
