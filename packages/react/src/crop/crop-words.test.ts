import { expect, it } from 'vitest';
import { CROP_WORDS, cropWords } from './crop-words.ts';

it('has words in each language that the components speak, none of them in English', () => {
  expect(Object.keys(CROP_WORDS).sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh']);
  const english = Object.entries(cropWords('en'));
  for (const language of Object.keys(CROP_WORDS).filter((other) => other !== 'en')) {
    const words = Object.entries(cropWords(`${language}-XX`));
    expect(words.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(words.filter(([, text], index) => text.length < 2 || text === english[index]?.[1])).toEqual([]);
  }
  expect(cropWords('tlh')).toBe(CROP_WORDS['en']);
});
