import { expect, it } from 'vitest';
import { NEEDED_WORDS, neededWords } from './needed-words.ts';

it('speaks each language that the components speak, and English where it does not', () => {
  expect(Object.keys(NEEDED_WORDS).sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh']);
  expect(new Set(Object.values(NEEDED_WORDS)).size).toBe(8);
  expect(neededWords('pt-BR')).toBe(NEEDED_WORDS['pt']);
  expect(neededWords('tlh')).toBe(NEEDED_WORDS['en']);
});
