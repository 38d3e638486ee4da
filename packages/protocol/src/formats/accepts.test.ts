import { describe, expect, it } from 'vitest';
import { createAccepts } from './accepts.ts';
import { theCatalog } from './catalog.ts';

const claim = (name: string, type: string, ...accept: string[]) => createAccepts(accept).claim({ name, type });

describe('a browser’s type', () => {
  it.each([
    ['a.zip', 'application/x-zip-compressed', 'application/zip'],
    ['a.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['a.webm', 'audio/webm;codecs=opus', 'audio/*'],
    ['a.webm', 'video/webm', 'audio/webm'],
    ['a.mp4', 'audio/mp4', 'audio/*'],
    ['a.mp4', 'video/mp4', 'audio/mp4'],
    ['a.mkv', '', 'video/*'],
    ['a.mkv', '', 'video/x-matroska'],
    ['a.jfif', 'image/pjpeg', 'image/jpeg'],
    ['a.jpg', 'image/jpg', 'image/jpeg'],
    ['a.m4a', 'audio/x-m4a', 'audio/mp4'],
    ['a.mp3', 'audio/mp3', 'audio/mpeg'],
    ['a.wav', 'audio/x-wav', 'audio/wav'],
    ['a.gz', 'application/x-gzip', 'application/gzip'],
    ['a.xml', 'text/xml', 'application/xml'],
    ['a.xml', 'application/xml', 'text/xml'],
    ['a.rtf', 'application/msword', 'text/rtf'],
    ['a.yml', 'application/octet-stream', 'application/yaml'],
    ['a.yaml', '', 'text/yaml'],
    ['a.rar', 'application/x-rar-compressed', 'application/vnd.rar'],
    ['a.ogg', 'video/ogg', 'audio/*'],
    ['a.png', 'text/html', 'image/*'],
    ['photo', '', 'image/*'],
    ['photo', 'image/jpg', 'image/jpeg'],
    ['a.jpeg', '', '.jpg'],
  ])('of %s that is "%s" decides nothing against %s', (name, type, pattern) => {
    expect(claim(name, type, pattern)).toBe(true);
  });

  it.each([
    ['a.pdf', 'image/png', 'image/*'],
    ['a.png.exe', 'image/png', 'image/*'],
    ['a.php', 'image/png', 'image/*'],
    ['a.exe', 'application/octet-stream', 'application/octet-stream'],
    ['a.exe', '', 'application/*'],
    ['a.m4a', 'video/mp4', 'video/*'],
    ['a.wma', '', 'video/*'],
    ['a.foo', 'image/foo+xml', 'image/*'],
    ['a.foo', '', 'image/*'],
    ['photo', 'text/html', 'image/*'],
  ])('of %s that is "%s" does not make it one of %s', (name, type, pattern) => {
    expect(claim(name, type, pattern)).toBe(false);
  });
});

it('takes every extension of the table by each of its types', () => {
  const wrong = theCatalog().formats.flatMap(({ types, extensions }) =>
    extensions.flatMap((extension) =>
      types.filter((type) => !claim(`a.${extension}`, '', type)).map((type) => `${type} .${extension}`),
    ),
  );
  expect(wrong).toEqual([]);
});

it.each([
  'image/jpgg',
  'application/xlsx',
  'image',
  '*',
  'jpg',
  '.jpg,.png',
  'image/*, .pdf',
  '',
  '.',
  'foo/*',
  'a/b/c',
])('throws at start for "%s", which no file can meet', (pattern) => {
  expect(() => createAccepts([pattern])).toThrow(TypeError);
  expect(() => createAccepts([pattern])).toThrow(`\`accept\` has "${pattern}"`);
});

it('keeps the type that came with a file, unless its name stands for others', () => {
  const accepts = createAccepts(['.csv', 'video/*', '.png']);
  const typeOf = (name: string, type: string) => accepts.typeOf({ name, type });
  expect(typeOf('a.csv', 'application/vnd.ms-excel')).toBe('text/csv');
  expect(typeOf('a.mov', 'video/quicktime')).toBe('video/quicktime');
  expect(typeOf('a.png', 'text/html')).toBe('image/png');
  expect(typeOf('a.mkv', 'application/octet-stream')).toBe('application/octet-stream');
  expect(createAccepts(['*/*']).typeOf({ name: 'a.png', type: 'text/html' })).toBe('text/html');
});
