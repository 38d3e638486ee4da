import { expect, it } from 'vitest';
import { german } from '../locales/de.ts';
import { englishWords } from './english-words.ts';
import { typeNames } from './type-words.ts';

it('calls types what people call them, each once', () => {
  const types = [
    'image/*',
    'video/*',
    'audio/*',
    'image/jpeg',
    'image/svg+xml',
    'application/x-tar',
    'application/pdf',
    '.jpg',
  ];
  expect(typeNames(types, englishWords)).toEqual(['pictures', 'videos', 'audio', 'JPEG', 'SVG', 'TAR', 'PDF', '.jpg']);
  expect(typeNames(['image/*', '.pdf', 'image/*'], german)).toEqual(['Bilder', '.pdf']);
});

it('leaves what has no short name', () => {
  const types = ['application/vnd.ms-excel', 'text/*', 'text/plain', 'nonsense', 'constructor/*', ''];
  expect(typeNames(types, englishWords)).toEqual(types);
});
