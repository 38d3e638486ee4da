import { expect, it } from 'vitest';
import { LATE_WORDS, lateWords } from './late-words.ts';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'];
const NAME = 'a.jpg';
/** What is the same word in both. */
const SHARED = ['de columnStatus', 'de took', 'fr columnActions'];

/** Each text by its name, functions called. */
const textsOf = ({ locale, ...words }: ReturnType<typeof lateWords>): Array<[name: string, text: string]> =>
  Object.entries(words).map(([name, text]) => {
    if (typeof text !== 'function') return [name, text];
    return [
      name,
      (text as (...args: unknown[]) => string).apply({ locale }, name.endsWith('Count') ? [3] : [NAME, 'Ctrl+Z', '3']),
    ];
  });

it('has words in each language that the components speak, none of them in English or with a placeholder', () => {
  expect(Object.keys(LATE_WORDS).sort()).toEqual(LANGUAGES);
  const english = new Map(textsOf(lateWords({ locale: 'en' })));
  for (const language of LANGUAGES) {
    const texts = textsOf(lateWords({ locale: language }));
    expect(texts.map(([name]) => name).sort()).toEqual([...english.keys()].sort());
    expect(texts.filter(([, text]) => /#|undefined|NaN/.test(text) || text.length < 2)).toEqual([]);
    expect(texts.filter(([name, text]) => english.get(name)?.includes(NAME) && !text.includes(NAME))).toEqual([]);
    if (language === 'en') continue;
    const same = texts.filter(([name, text]) => english.get(name) === text).map(([name]) => `${language} ${name}`);
    expect(same.filter((name) => !SHARED.includes(name))).toEqual([]);
  }
});

it('takes the language of a region, English for one that it does not speak, and the words of the app before both', () => {
  expect(lateWords({ locale: 'pt-BR' }).close).toBe('Fechar');
  expect(lateWords({ locale: 'tlh' }).close).toBe('Close');
  expect(lateWords({ locale: 'tlh', late: { close: 'SoQ' } })).toMatchObject({ close: 'SoQ', next: 'Next' });
});
