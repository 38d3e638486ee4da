import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createFormat } from '../text/format.ts';
import type { PluralForms, Speaker } from '../text/plural.ts';

/** What each sentence with a number was told, by language. */
const counted = vi.hoisted((): Array<{ readonly locale: string; readonly forms: PluralForms }> => []);

vi.mock('../text/plural.ts', async (original) => {
  const real = await original<typeof import('../text/plural.ts')>();
  const pluralsOf: typeof real.pluralsOf = (locale) => {
    const plural = real.pluralsOf(locale);
    return (count, forms, by) => {
      counted.push({ locale, forms });
      return plural(count, forms, by);
    };
  };
  return { ...real, pluralsOf };
});

const LANGUAGES = {
  ...{ ar: 'Arabic', de: 'German', en: 'English', es: 'Spanish', fr: 'French' },
  ...{ ja: 'Japanese', pt: 'Portuguese', zh: 'Chinese' },
} as const;
type Language = keyof typeof LANGUAGES;
const languages = Object.keys(LANGUAGES) as Language[];

const src = join(import.meta.dirname, '..');
const NAME = 'film.mov';
/** One for each form that a language may have, and large ones. */
const COUNTS = [0, 1, 2, 3, 11, 100, 12_345, 1_000_000];

/** A text for each call that a component may make of it, by its path. */
function* textsOf(value: unknown, by: Speaker, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'function') for (const args of argumentsOf(path, by)) yield [path, value.apply(by, args)];
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* textsOf(inner, by, path ? `${path}.${key}` : key);
}

function argumentsOf(path: string, { locale }: Speaker): ReadonlyArray<readonly unknown[]> {
  if (path.endsWith('Types')) return [[['.jpg', '.pdf']]];
  if (path.endsWith('Type')) return [[NAME, ['.jpg', '.pdf']]];
  if (/(Count|WithFailures|processing)$/.test(path)) return COUNTS.map((count) => [count, count]);
  if (/(Complete|Title|More|said(Started|Complete|Done))$/.test(path)) return COUNTS.map((count) => [count, NAME]);
  const { bytes } = createFormat(locale);
  return [[NAME, bytes(12_000_000), bytes(40_000_000)]];
}

/** All that is exported of files whose name says that they hold words, for all languages. */
async function wordsByLanguage(): Promise<ReadonlyMap<string, Record<Language, unknown>>> {
  const isWords = (file: string) => /words\.ts$/.test(file);
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(isWords);
  const isForAll = (value: unknown): value is Record<Language, unknown> =>
    typeof value === 'object' && value !== null && languages.every((language) => Object.hasOwn(value, language));
  const found = new Map<string, Record<Language, unknown>>();
  for (const file of files)
    for (const [name, value] of Object.entries(await import(join(src, file))))
      if (isForAll(value)) found.set(name, value);
  return found;
}

const catalogues = {
  ...{ ar: import('./ar.ts'), de: import('./de.ts'), es: import('./es.ts'), fr: import('./fr.ts') },
  ...{ ja: import('./ja.ts'), pt: import('./pt.ts'), zh: import('./zh.ts'), en: import('../text/english.ts') },
};
const late = await wordsByLanguage();

/** Everything that people may read in a language. */
const texts = new Map<Language, ReadonlyArray<readonly [path: string, text: string]>>();
async function textsFor(language: Language, locale: string) {
  const [{ locale: _, ...catalogue }] = Object.values(await catalogues[language]) as unknown as [Speaker];
  const more = [...late].map(([name, words]) => [name, words[language]] as const);
  return [...textsOf({ ...catalogue, ...Object.fromEntries(more) }, { locale })];
}
for (const language of languages) texts.set(language, await textsFor(language, language));
const of = (language: Language) => texts.get(language) ?? [];

const literal = (word: string): string => word.replaceAll('.', '\\.');

const page = () => readFileSync(join(src, '../../../docs/words.md'), 'utf8');

/** The rows of the tables below a heading of docs/words.md, each cell by the head of its column. */
function rowsBelow(heading: string): ReadonlyArray<Readonly<Record<string, string>>> {
  const below = page().split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const tables = below.split('\n\n').filter((block) => block.trimStart().startsWith('|'));
  return tables.flatMap((table) => {
    const [head = [], , ...rows] = table
      .trim()
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    return rows.map((row) => Object.fromEntries(row.map((cell, at) => [head[at] ?? '', cell])));
  });
}

it('finds the words of every part that is loaded late', () => {
  expect([...late.keys()]).toEqual(
    expect.arrayContaining(['CROP_WORDS', 'LATE_WORDS', 'NEEDED_WORDS', 'PROCESSING_WORDS', 'REGION_WORDS']),
  );
});

it('says what the glossary says, in each language', () => {
  const rows = rowsBelow('One word for a thing');
  expect(rows.length).toBeGreaterThan(50);
  for (const [language, name] of Object.entries(LANGUAGES)) {
    const all = of(language as Language).map(([, text]) => text);
    const said = (term: string) => {
      const words = term.split(' … ').map((word) => literal(word));
      return all.some((text) => new RegExp(words.join('.+'), 'iu').test(text));
    };
    const missing = rows.map((row) => row[name]).filter((term) => term !== undefined && !said(term));
    expect(language === 'en' ? [] : missing, name).toEqual([]);
  }
});

it.each(languages)('says none of the words that have a better one: %s', (language) => {
  const [, said = ''] = page().split('## Words that are not said\n');
  const [, pairs = ''] = said.replace(/\n {2}/g, ' ').split(`- **${LANGUAGES[language]}**: `);
  const wrong = (pairs.split('\n')[0] ?? '').split(';').flatMap((pair) => pair.split('→')[0]?.split(',') ?? []);
  expect(wrong.length).toBeGreaterThan(2);
  for (const word of wrong.map((each) => each.trim())) {
    // A word of letters is a word of its own; Chinese and Japanese have no spaces.
    const isAlone = !['ja', 'zh'].includes(language);
    const edge = (around: string) => (isAlone ? `(?${around}\\p{L})` : '');
    const pattern = new RegExp(`${edge('<!')}${literal(word)}${edge('!')}`, 'iu');
    expect(of(language).filter(([, text]) => pattern.test(text))).toEqual([]);
  }
});

/** Numbers alone, and what is the same for every number. */
const SAME = ['#', 'Und # weitere.', 'Y # más.', 'E mais #.'];

it('has each form that Unicode knows for the language, wherever it counts', () => {
  expect(new Set(counted.map(({ locale }) => locale))).toEqual(new Set(languages));
  for (const { locale, forms } of counted) {
    if (SAME.includes(forms.other)) continue;
    const known = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    expect(Object.keys(forms).sort(), forms.other).toEqual([...known].sort());
  }
});

it.each(languages)('writes numbers as the language does, and says how many wherever it is asked: %s', (language) => {
  const format = createFormat(language);
  const many = of(language).filter(([, text]) => /(?<!\d)12.?345(?!\d)/.test(text));
  expect(many.length).toBeGreaterThan(10);
  expect(many.filter(([, text]) => !text.includes(format.number(12_345)))).toEqual([]);
});

it.each([
  ['ar', 'ar-EG', '٣'],
  ['ar', 'ar-EG-u-nu-latn', '3'],
  ['ar', 'ar-u-nu-arab', '٣'],
  ['en', 'fa', '۳'],
  ['en', 'hi', '3'],
  ['en', 'hi-u-nu-deva', '३'],
] as const)('has one kind of digits in all sentences: %s for %s', async (language, locale, three) => {
  const all = await textsFor(language, locale);
  const digits = new Set(new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210));
  expect(digits).toContain(three);
  const strange = all.filter(([, text]) => [...text].some((sign) => /\p{Nd}/u.test(sign) && !digits.has(sign)));
  expect(strange).toEqual([]);
  expect(all.filter(([, text]) => text.includes(three)).length).toBeGreaterThan(20);
});

it('has the marks of its language', () => {
  const wrong = (language: Language, pattern: RegExp) => of(language).filter(([, text]) => pattern.test(text));
  // A narrow no-break space before these, and no straight apostrophe.
  expect(wrong('fr', /[^\u202f][?!;:](?!\S)|'/u)).toEqual([]);
  expect(wrong('es', /^[^¿]*\?|^[^¡]*!/u)).toEqual([]);
  expect(wrong('de', /"/u)).toEqual([]);
  for (const language of ['ja', 'zh'] as const)
    expect(wrong(language, /\p{Script=Han}[,:;(?!]|[ぁ-ヿ][,:;(?!]/u)).toEqual([]);
  expect(wrong('ar', /[\p{Script=Arabic}][,;?]/u)).toEqual([]);
});

/** What only a developer can do, or knows the meaning of. */
const DEVELOPERS =
  /CORS|ETag|Expose|Content-Security|endpoint|token|bucket|console|Konsole|consola|コンソール|控制台|وحدة تحكم/i;

it.each(languages)('has no sentence for developers: %s', (language) => {
  expect(of(language).filter(([, text]) => DEVELOPERS.test(text))).toEqual([]);
});
