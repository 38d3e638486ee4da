/** Whether what is in a file is what its name says, and what a route takes. */
import { typeNames } from '../type-names.ts';
import type { Accepts, Claim } from './accepts.ts';
import { extensionOf, type Format, meaningsOf, theCatalog } from './catalog.ts';
import { showsPictures } from './containers.ts';
import { type Content, openContent } from './content.ts';
import type { Found } from './found.ts';
import { identify, looksLike } from './identify.ts';
import { RUNS } from './table.ts';

/** Whether the content is what the route takes, and what it was found to be. */
export interface Verdict {
  readonly fits: boolean;
  /** Its media type; `text/plain` or `application/octet-stream` where it is no format that is known. */
  readonly found: string;
  /** What is wrong with it, as a sentence for people; empty where it fits. */
  readonly message: string;
}

/** `pictures, PDF, .key`: what is accepted, for people. */
export const namesOfTypes = (accept: readonly string[]) => typeNames(accept).join(', ');

/** What to do about a file that is of none of the types, in a sentence for people. */
export const hintOfTypes = (accept: readonly string[]) =>
  `Choose a file of one of these types: ${namesOfTypes(accept)}.`;

/**
 * Compares the content of a file with what its name and its type say, and both with what is accepted. Formats with marks
 * must have them; formats without any (plain text, CSV, JSON) must be text that no browser runs. Files of a format that is
 * not known are taken only where a pattern names it, and only if no browser and no desktop would run them.
 * @throws what reading throws.
 */
export async function judgeContent(
  content: Content,
  file: { name: string; type: string },
  accepts: Accepts,
): Promise<Verdict> {
  const found = await identify(await openContent(content));
  const claims = accepts.claims(file);
  const what = describe(found);
  if (await isTaken(found, claims, file, accepts)) return { fits: true, found: what.type, message: '' };
  return { fits: false, found: what.type, message: messageOf(what.words, claims) };
}

async function isTaken(found: Found, claims: readonly Claim[], file: { name: string }, accepts: Accepts) {
  if (await isFilmForSound(found, claims, file.name)) return false;
  for (const claim of claims) if (await bearsOut(found, claim, claims)) return true;
  return isAnotherOfItsKind(found, claims, file.name, accepts);
}

async function bearsOut(found: Found, { type, format, isNamed }: Claim, claims: readonly Claim[]): Promise<boolean> {
  const runs = found.ids.some((id) => RUNS.includes(id));
  if (format !== undefined) return (!runs || mayRun(format, found)) && looksLike(format, found);
  if (isTextual(type)) return found.text !== undefined && found.ids.length === 0;
  // Another name for what is known of this extension, and not for a format of its own.
  if (claims.some((claim) => claim.format !== undefined)) return false;
  if (type.endsWith('+zip')) return found.ids.includes('zip');
  return isNamed && !runs;
}

/** A file that is two formats at once is the one that runs; Markdown and pages may begin with the same elements. */
const mayRun = ({ id }: Format, { ids }: Found) =>
  ids.includes(id) || (ids.includes('markup') && ['md', 'html'].includes(id));

const isTextual = (type: string) => type.startsWith('text/') || /^[^/]+\/(?:json|xml|.*\+(?:json|xml))$/.test(type);

/** A photograph with the name of another kind of picture opens anyway: cameras, phones and chats rename them. */
function isAnotherOfItsKind({ ids }: Found, claims: readonly Claim[], name: string, accepts: Accepts): boolean {
  const { byId } = theCatalog();
  const formats = ids
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ types }) => types.some((type) => accepts.type(type)));
  // Where the name says nothing, and the type neither, the content alone counts.
  if (claims.length === 0)
    return extensionOf(name) === undefined && meaningsOf(name).length === 0 && formats.length > 0;
  return formats.some((format) => {
    const kind = kindOf(format);
    return kind !== undefined && claims.some((claim) => claim.format !== undefined && kindOf(claim.format) === kind);
  });
}

function kindOf({ id, types }: Format): string | undefined {
  const [type = ''] = types;
  if (RUNS.includes(id)) return undefined;
  if (type.startsWith('image/')) return 'picture';
  if (/^(?:audio|video)\//.test(type)) return 'recording';
  return OFFICE.find(([, types]) => types.test(type))?.[0];
}

/** What one program of an office opens, whatever its name: many that export XLSX call it `.xls`. */
const OFFICE = [
  ['text', /^application\/(?:msword|rtf|.*wordprocessing|.*opendocument\.text)/],
  ['sheet', /^application\/(?:vnd\.ms-excel|.*spreadsheet)/],
  ['slides', /^application\/(?:vnd\.ms-powerpoint|.*presentation)/],
] as const;

/** MP4, WebM and Ogg may hold sound or a film: a route for sound takes no film of a name that may be either. */
async function isFilmForSound({ ids, view }: Found, claims: readonly Claim[], name: string): Promise<boolean> {
  if (claims.length === 0 || !claims.every(({ type }) => type.startsWith('audio/'))) return false;
  const meanings = meaningsOf(name);
  if (meanings.length > 0 && !meanings.some(({ type }) => type.startsWith('video/'))) return false;
  for (const id of ids) if (FILMS.includes(id)) return (await showsPictures(view, id)) === true;
  return false;
}
const FILMS = ['mp4', 'mov', '3gp', 'webm', 'mkv', 'ogg'];

function describe({ ids, text, view }: Found): { type: string; words: string } {
  const { byId } = theCatalog();
  const [id] = ids;
  if (id === 'markup') return { type: 'text/html', words: 'a web page' };
  const format = id === undefined ? undefined : byId.get(id);
  if (format !== undefined) return { type: format.types[0] ?? '', words: format.words };
  if (view.size === 0) return { type: 'text/plain', words: 'empty' };
  if (text !== undefined) return { type: 'text/plain', words: 'a text' };
  return { type: 'application/octet-stream', words: '' };
}

function messageOf(found: string, claims: readonly Claim[]): string {
  const claimed = claims.find(({ format }) => format !== undefined)?.format?.words;
  if (claimed === undefined) return found === '' ? 'Nobody can tell what this file is.' : `This file is ${found}.`;
  if (found === '' || found === claimed) return `This file is not ${claimed}, as its name says, or it is damaged.`;
  return `This file is not ${claimed}, as its name says, but ${found}.`;
}
