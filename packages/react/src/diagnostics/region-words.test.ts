import { expect, it } from 'vitest';
import { REGION_WORDS, type RegionWords, regionWordsIn } from './region-words.ts';

const textsOf = ({ title, chosen, why, left, columns, probes }: RegionWords): readonly string[] => [
  ...[title, chosen('us-east-1', Object.values(why).join()), left('us-east-1'), probes('12')],
  ...[...Object.values(why), ...columns],
];

it('has words in each language that the components speak, none of them in English', () => {
  expect(Object.keys(REGION_WORDS).sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh']);
  const english = textsOf(regionWordsIn('en'));
  for (const language of Object.keys(REGION_WORDS)) {
    const texts = textsOf(regionWordsIn(language));
    expect(texts.map((text) => text.includes('us-east-1'))).toEqual(english.map((text) => text.includes('us-east-1')));
    // A region is called so in German too.
    if (language !== 'en') expect(texts.filter((text) => english.includes(text) && text !== 'Region')).toEqual([]);
  }
});

it('takes the language of a region, and English for one that it does not speak', () => {
  expect(regionWordsIn('pt-BR').title).toBe('Regiões');
  expect(regionWordsIn('tlh').title).toBe('Regions');
});
