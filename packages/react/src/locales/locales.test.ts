import { describe, expect, it } from 'vitest';
import { english } from '../text/english.ts';
import { ERROR_CODES } from '../text/error-codes.ts';
import type { Strings } from '../text/strings.ts';
import { arabic } from './ar.ts';
import { german } from './de.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { japanese } from './ja.ts';
import { portuguese } from './pt.ts';
import { chinese } from './zh.ts';

const NAME = 'film.mp4';
/** Names, sizes and lists as the components give them, so that every function can be called. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  finishedWithFailures: [2, 3],
  uploadingCount: [2, 3],
  limitCount: [3],
  limitTypes: [['.jpg', '.pdf']],
  refusedType: [NAME, ['.jpg', '.pdf']],
  refusedCount: [3],
  refusedMore: [3],
  allComplete: [3],
  pausedCount: [3],
  waitingCount: [3],
  saidFailedCount: [3],
  unfinishedTitle: [3],
  saidStarted: [1, NAME],
  saidComplete: [1, NAME],
};

/** Every text of a catalogue by its path, functions called. */
function textsOf(value: unknown, path = ''): Array<[path: string, text: string]> {
  if (typeof value === 'function') {
    const args = ARGUMENTS[path] ?? [NAME, '12 MB', '40 MB'];
    return [[path, value(...args)]];
  }
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, path ? `${path}.${key}` : key));
}

const catalogues: ReadonlyArray<readonly [name: string, strings: Strings]> = Object.entries({
  ...{ arabic, chinese, french, german, japanese, portuguese, spanish },
});
const own = new Map(textsOf(english));
/** In English some of these are the error's own. */
const sentences = ERROR_CODES.flatMap((code) => [`errors.${code}.message`, `errors.${code}.hint`]);

describe.each(catalogues)('%s', (_name, strings) => {
  const texts = textsOf(strings);

  it('says everything that English says', () => {
    expect(texts.map(([path]) => path).sort()).toEqual([...new Set([...own.keys(), ...sentences])].sort());
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('leaves nothing in English, and no placeholder', () => {
    const same = texts.filter(([path, text]) => text === own.get(path)).map(([path]) => path);
    // Uploads and audio are called so in other languages too, and a foreign message stays what it is.
    expect(same.filter((path) => !['uploads', 'types.audio', 'refusedOther'].includes(path))).toEqual([]);
    expect(texts.filter(([, text]) => text.includes('#') || text.includes('undefined'))).toEqual([]);
  });

  it('names the file wherever English does', () => {
    const named = [...own].filter(([, text]) => text.includes(NAME)).map(([path]) => path);
    const missing = texts.filter(([path, text]) => named.includes(path) && !text.includes(NAME));
    expect(missing).toEqual([]);
  });
});

it('counts as the language does', () => {
  expect([1, 2, 3, 11, 100].map((count) => arabic.limitCount(count).replace('على الأكثر ', ''))).toEqual([
    'ملف واحد',
    'ملفان',
    expect.stringMatching(/ملفات$/),
    expect.stringMatching(/ملفًا$/),
    expect.stringMatching(/ملف$/),
  ]);
  // Two have another form after a noun.
  expect([2, 3].map((count) => arabic.allComplete(count))).toEqual(['تم رفع ملفين', 'تم رفع 3 ملفات']);
  expect(french.limitCount(0)).toBe('0 fichier au plus');
  expect([1, 2].map((total) => french.uploadingCount(0, total))).toEqual([
    '0 sur 1 fichier envoyé',
    '0 sur 2 fichiers envoyés',
  ]);
  expect(german.allComplete(12345)).toBe('12.345 Dateien hochgeladen');
});
