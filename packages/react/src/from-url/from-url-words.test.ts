import { expect, it } from 'vitest';
import { FROM_URL_WORDS, fromUrlWords } from './from-url-words.ts';
import { PROBLEM_WORDS, problemWords } from './problem-words.ts';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'];
const textsOf = (locale: string) => [...Object.entries(fromUrlWords(locale)), ...Object.entries(problemWords(locale))];

it('has words in each language that the components speak, none of them in English', () => {
  expect([Object.keys(FROM_URL_WORDS).sort(), Object.keys(PROBLEM_WORDS).sort()]).toEqual([LANGUAGES, LANGUAGES]);
  const english = textsOf('en');
  for (const language of LANGUAGES.filter((other) => other !== 'en')) {
    const words = textsOf(`${language}-XX`);
    expect(words.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(words.filter(([, text], index) => text.length < 2 || text === english[index]?.[1])).toEqual([]);
  }
  expect(textsOf('tlh')).toEqual(english);
});
