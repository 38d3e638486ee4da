/** What a file is, by its content alone. */
import { type Format, theCatalog } from './catalog.ts';
import { checks } from './checks.ts';
import { readBrands, readCompound, readZip } from './containers.ts';
import { SAMPLE_BYTES, type View } from './content.ts';
import type { Found } from './found.ts';
import { type Look, matchesAt, type Term } from './look.ts';
import { readSound } from './sound.ts';
import { asText, pageIn } from './text.ts';

/** Formats that other formats are made of: a file that is one of them may be something more special as well. */
const GENERAL = ['zip', 'cfb', 'tiff', 'gz', 'ar', 'opendocument', 'jar', 'xml'];
/** What a text is where it begins so, whatever its name says. */
const TELLING_TEXTS = ['pdf', 'ps', 'rtf'];
/** How much is read of a text that begins with a long comment, in bytes. */
const LONG_PROLOG = 64 * 1024;

/** @throws what reading throws. */
export async function identify(view: View): Promise<Found> {
  const nothing = { view, ids: [], text: undefined, zip: undefined, streams: [], brands: [] };
  const text = asText(view.head);
  if (text !== undefined) return { ...nothing, ids: await textIds(view, text), text };
  const zip = matchesAt(view.start, 0, 'PK\x03\x04') ? await readZip(view) : undefined;
  const compound = matchesAt(view.start, 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') ? await readCompound(view) : undefined;
  const brands = await readBrands(view);
  const found: Found = { ...nothing, zip, streams: compound?.names ?? [], brands: brands ?? [] };
  const ids: string[] = [];
  for (const { id, look } of theCatalog().formats)
    for (const { terms, tells } of look) if (tells && !ids.includes(id) && (await holdAll(terms, found))) ids.push(id);
  if (compound?.rootClass === MSI) ids.push('msi');
  if (brands !== undefined && !ids.some((id) => PICTURES.includes(id))) ids.push(filmOf(brands));
  if (ids.length === 0) {
    const sound = await readSound(view);
    if (sound !== undefined && sound !== 'other') ids.push(sound);
    if (sound === 'other') ids.push('mp3');
  }
  ids.sort((a, b) => GENERAL.indexOf(a) - GENERAL.indexOf(b));
  return { ...found, ids };
}

/** {000C1084-0000-0000-C000-000000000046} */
const MSI = '\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0F';
const PICTURES = ['heif', 'avif', 'cr3'];

const filmOf = (brands: readonly string[]) => {
  const [major = ''] = brands;
  if (major === 'qt  ') return 'mov';
  return /^(?:3g|kddi|k3g)/.test(major) ? '3gp' : 'mp4';
};

async function textIds(view: View, text: string): Promise<string[]> {
  let page = pageIn(text);
  if (page === 'unfinished' && view.size > SAMPLE_BYTES) page = pageIn(await view.at(0, LONG_PROLOG));
  if (page !== undefined && page !== 'unfinished') return [page];
  const { byId } = theCatalog();
  const found = { view, ids: [], text, zip: undefined, streams: [], brands: [] };
  const ids: string[] = [];
  for (const id of TELLING_TEXTS) if (startsAsText(byId.get(id)?.look ?? [], found)) ids.push(id);
  return ids;
}

const startsAsText = (look: Look, { text = '' }: Found) =>
  look.some(({ terms }) =>
    terms.every((term) => {
      if (term.kind === 'text') return text.trimStart().startsWith(term.start);
      return term.kind === 'bytes' && text.trimStart().startsWith(term.bytes);
    }),
  );

/** Whether the content is what a format looks like; `found` is what was found in it. */
export async function looksLike({ id, look }: Format, found: Found): Promise<boolean> {
  if (found.ids.includes(id)) return true;
  for (const { terms } of look) if (await holdAll(terms, found)) return true;
  return false;
}

async function holdAll(terms: readonly Term[], found: Found): Promise<boolean> {
  for (const term of terms) if (!(await holds(term, found))) return false;
  return true;
}

async function holds(term: Term, found: Found): Promise<boolean> {
  const { view, ids, text, zip, streams, brands } = found;
  switch (term.kind) {
    case 'bytes':
      // A script that begins like a picture is a text: real ones have bytes that no text has.
      return (text === undefined || term.from !== term.to) && hasBytes(term, view);
    case 'text':
      return text !== undefined && ids.length === 0 && text.trimStart().startsWith(term.start);
    case 'zip':
      return zip?.names.some((name) => isNamed(name, term.name)) ?? false;
    case 'zip!':
      return !(zip?.names.some((name) => isNamed(name, term.name)) ?? false);
    case 'zip=':
      return zip?.mimetype.startsWith(term.name) ?? false;
    case 'cfb':
      return streams.some((name) => (term.name === '__' ? name.startsWith('__') : name === term.name));
    case 'brand':
      return brands.includes(term.name);
    case 'found':
      return ids.includes(term.name);
    case 'is':
      return ids.includes(term.name) || ((await checks[term.name]?.(found)) ?? false);
  }
}

const isNamed = (name: string, wanted: string) =>
  wanted.startsWith('*') ? name.toLowerCase().endsWith(wanted.slice(1)) : name.startsWith(wanted);

async function hasBytes({ from, to, bytes }: Extract<Term, { kind: 'bytes' }>, view: View): Promise<boolean> {
  if (from === to && from >= 0 && from + bytes.length <= view.start.length) return matchesAt(view.start, from, bytes);
  const text = await view.at(from, to - from + bytes.length);
  for (let at = 0; at <= to - from; at++) if (matchesAt(text, at, bytes)) return true;
  return false;
}
