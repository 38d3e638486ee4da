import { expect, it } from 'vitest';
import { PROCESSING_WORDS, processingWords } from './processing-words.ts';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'];

/** Each text, by its name. */
function textsOf(words: ReturnType<typeof processingWords>) {
  return {
    processing: words.processing(2, 4),
    ...words.failed,
    one: words.saidStarted(1, 'a.jpg'),
    many: words.saidStarted(3, 'a.jpg'),
    done: words.saidDone(1, 'a.jpg'),
    doneMany: words.saidDone(3, 'a.jpg'),
    bad: words.saidFailed('a.jpg', 'why'),
    badMany: words.saidFailedCount(3),
  };
}

it('has words in each language that the components speak, none of them in English or with a placeholder', () => {
  expect(Object.keys(PROCESSING_WORDS).sort()).toEqual(LANGUAGES);
  const english = Object.entries(textsOf(processingWords('en')));
  for (const language of LANGUAGES) {
    const texts = Object.entries(textsOf(processingWords(language)));
    expect(texts.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(texts.filter(([, text]) => /#|undefined/.test(text) || text.length < 3)).toEqual([]);
    for (const name of ['one', 'done', 'bad']) expect(Object.fromEntries(texts)[name]).toContain('a.jpg');
    if (language !== 'en')
      expect(texts.filter(([name, text]) => name !== 'bad' && english.some(([, said]) => said === text))).toEqual([]);
  }
});

it('takes the language of a region, and English for one that it does not speak', () => {
  expect(processingWords('pt-BR').processing(2, 4)).toBe('Processando… 2 de 4');
  expect(processingWords('tlh').processing(2, 4)).toBe('Processing… 2 of 4');
});
