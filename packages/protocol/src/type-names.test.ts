import { expect, it } from 'vitest';
import { theCatalog } from './formats/catalog.ts';
import { typeNames } from './type-names.ts';

const OOXML = 'application/vnd.openxmlformats-officedocument.';

it.each([
  ['image/*', 'pictures'],
  ['VIDEO/*', 'videos'],
  ['audio/*', 'audio'],
  ['text/*', 'text files'],
  ['text/plain', 'text files'],
  ['font/*', 'fonts'],
  ['application/msword', 'Word documents'],
  [`${OOXML}wordprocessingml.document`, 'Word documents'],
  ['application/vnd.ms-word.document.macroEnabled.12', 'Word documents'],
  ['application/vnd.ms-excel', 'Excel spreadsheets'],
  [`${OOXML}spreadsheetml.sheet`, 'Excel spreadsheets'],
  ['application/vnd.ms-powerpoint', 'PowerPoint presentations'],
  [`${OOXML}presentationml.slideshow`, 'PowerPoint presentations'],
  ['application/vnd.oasis.opendocument.text', 'ODT'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ODS'],
  ['application/vnd.apple.keynote', 'Keynote'],
  ['application/vnd.google-earth.kml+xml', 'KML'],
  ['application/pdf', 'PDF'],
  ['application/epub+zip', 'EPUB'],
  ['application/zip', 'ZIP'],
  ['application/x-zip-compressed', 'ZIP'],
  ['application/x-7z-compressed', '7Z'],
  ['application/vnd.rar', 'RAR'],
  ['application/gzip', 'GZIP'],
  ['application/x-tar', 'TAR'],
  ['application/json', 'JSON'],
  ['text/csv', 'CSV'],
  ['text/markdown', 'Markdown'],
  ['image/jpeg', 'JPEG'],
  ['image/svg+xml', 'SVG'],
  ['image/vnd.adobe.photoshop', 'Photoshop'],
  ['audio/mpeg', 'MP3'],
  ['audio/x-wav', 'WAV'],
  ['video/quicktime', 'MOV'],
  ['font/woff2', 'WOFF2'],
  ['application/x-iso9660-image', 'Iso9660 image'],
  ['.jpg', '.jpg'],
  ['.CSV', '.CSV'],
  ['nonsense', 'nonsense'],
  ['constructor/*', 'constructor/*'],
  ['', ''],
])('calls %s what people call it', (type, name) => {
  expect(typeNames([type])).toEqual([name]);
});

it('says each name once, in the words that are given', () => {
  const types = ['image/*', '.pdf', `${OOXML}wordprocessingml.document`, 'application/msword', 'image/*'];
  expect(typeNames(types, { image: 'Bilder' })).toEqual(['Bilder', '.pdf', 'Word documents']);
});

it('says nothing where every type is taken', () => {
  expect(typeNames(['.pdf', '*/*'])).toEqual([]);
});

it('leaves no type that the table of formats knows as it is', () => {
  const types = [...theCatalog().formats.flatMap((format) => format.types)];
  expect(types.length).toBeGreaterThan(500);
  expect(typeNames(types).filter((name) => name.includes('/') || name.length > 30)).toEqual([]);
});
