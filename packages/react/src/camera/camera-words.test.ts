import { expect, it } from 'vitest';
import { CAMERA_WORDS, type CameraWords, cameraWords } from './camera-words.ts';
import { OPEN_WORDS } from './open-word.ts';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'];
const textsOf = ({ failures, ...words }: CameraWords): string[][] => [
  ...Object.entries(words),
  ...Object.entries(failures).flatMap(([name, { title, hint }]) => [
    [`${name} title`, title],
    [`${name} hint`, hint],
  ]),
];

it('has words in each language that the components speak, none of them in English', () => {
  expect([Object.keys(CAMERA_WORDS).sort(), Object.keys(OPEN_WORDS).sort()]).toEqual([LANGUAGES, LANGUAGES]);
  const english = textsOf(cameraWords('en'));
  for (const language of LANGUAGES.filter((other) => other !== 'en')) {
    const words = textsOf(cameraWords(`${language}-XX`));
    expect(words.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(words.filter(([, text = ''], index) => text.length < 2 || text === english[index]?.[1])).toEqual([]);
  }
  expect(cameraWords('tlh')).toEqual(cameraWords('en'));
});
