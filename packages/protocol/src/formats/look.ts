/** What the content of a format looks like, as table.ts writes it down. */

/** One thing that must hold. */
export type Term =
  | { readonly kind: 'bytes'; readonly from: number; readonly to: number; readonly bytes: string }
  | { readonly kind: 'text'; readonly start: string }
  | { readonly kind: 'zip' | 'zip!' | 'zip=' | 'cfb' | 'brand' | 'found' | 'is'; readonly name: string };

/** Terms that must all hold, and whether they tell the format of a file whose name says something else. */
export interface Alternative {
  readonly terms: readonly Term[];
  readonly tells: boolean;
}

/** Any one of them is enough. */
export type Look = readonly Alternative[];

export function parseLook(look: string): Look {
  return look.split(' | ').map((alternative) => {
    const forced = alternative.startsWith('!');
    const terms = alternative
      .slice(forced ? 1 : 0)
      .split(' & ')
      .map(parseTerm);
    return { terms, tells: forced || (terms.every(isInSample) && weightOf(terms) >= 3) };
  });
}

/** What is at the end of a file, or far behind its start, is read only where its name makes it worth while. */
const isInSample = (term: Term) =>
  term.kind === 'bytes' ? term.from >= 0 && term.to < 4096 : !['text', 'found', 'is'].includes(term.kind);

/** How many bytes are looked for; the name of an entry or a brand is long enough. */
const weightOf = (terms: readonly Term[]) =>
  terms.reduce((sum, term) => sum + (term.kind === 'bytes' ? term.bytes.replaceAll('?', '').length : 3), 0);

function parseTerm(term: string): Term {
  if (term === 'text') return { kind: 'text', start: '' };
  const [, kind, mark, rest = ''] = /^([a-z]+|-?\d+(?:-\d+)?)([:=!])([\s\S]*)$/.exec(term) ?? [];
  if (kind === undefined) throw new TypeError(`Not a term of a look: ${term}`);
  if (kind === 'text') return { kind, start: rest };
  if (kind === 'zip') return { kind: mark === '=' ? 'zip=' : mark === '!' ? 'zip!' : 'zip', name: rest };
  if (kind === 'cfb' || kind === 'brand' || kind === 'found' || kind === 'is') return { kind, name: rest };
  const [, from = '', to = from] = /^(-?\d+)(?:-(\d+))?$/.exec(kind) ?? [];
  return { kind: 'bytes', from: Number(from), to: Number(to), bytes: rest };
}

/** Whether these bytes, each a character, stand at `at`; `?` is any. */
export function matchesAt(content: string, at: number, bytes: string): boolean {
  if (at < 0 || at + bytes.length > content.length) return false;
  for (let index = 0; index < bytes.length; index++)
    if (bytes[index] !== '?' && bytes[index] !== content[at + index]) return false;
  return true;
}
