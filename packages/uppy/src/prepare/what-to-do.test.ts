import { expect, it } from 'vitest';
import { nameFor } from './new-name.ts';
import { checkOptions, type PrepareOptions } from './options.ts';
import { sizeWithin } from './size-within.ts';
import { whatToDo } from './what-to-do.ts';

const all: PrepareOptions = { images: { maxWidth: 100 }, gzip: true };
const MiB = 1024 ** 2;

it.each([
  ['a photo', 'a.jpg', 'image/jpeg', MiB, 'image'],
  ['a photo of a browser that knows no HEIC', 'a.HEIC', '', MiB, 'image'],
  ['a HEIC photo that is called bytes', 'a.heif', 'application/octet-stream', MiB, 'image'],
  ['a moving picture', 'a.gif', 'image/gif', MiB, undefined],
  ['a picture that nobody can hold', 'a.png', 'image/png', 300 * MiB, undefined],
  ['a film', 'a.mp4', 'video/mp4', MiB, undefined],
  ['a table', 'a.csv', 'text/csv', MiB, 'gzip'],
  ['data', 'a.geojson', 'application/geo+json', MiB, 'gzip'],
  ['a log without a type', 'a.log', '', MiB, 'gzip'],
  ['a drawing in text', 'a.svg', 'image/svg+xml', MiB, 'gzip'],
  ['a short note', 'a.txt', 'text/plain', 100, undefined],
  ['a log of 4 GiB', 'a.log', 'text/plain', 4096 * MiB, undefined],
  ['what is compressed already', 'a.txt.gz', 'application/gzip', MiB, undefined],
])('of %s (%s, %s)', (_, name, type, size, wanted) => {
  const task = whatToDo({ name, type, size }, all);
  expect(typeof task === 'object' ? 'image' : task).toBe(wanted);
  expect(whatToDo({ name, type, size }, { images: false })).toBeUndefined();
});

it('takes metadata out of pictures, and leaves text alone, where nothing is said', () => {
  expect(whatToDo({ name: 'a.jpg', type: 'image/jpeg', size: 5 }, {})).toEqual({});
  expect(whatToDo({ name: 'a.txt', type: 'text/plain', size: MiB }, {})).toBeUndefined();
});

it.each([
  ['IMG_1.HEIC', 'image/jpeg', 'IMG_1.jpg'],
  ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
  ['photo.JPG', 'image/jpeg', 'photo.JPG'],
  ['a.b.png', 'image/webp', 'a.b.webp'],
  ['photo', 'image/jpeg', 'photo.jpg'],
  ['.png', 'image/jpeg', '.png.jpg'],
  ['photo.', 'image/png', 'photo.png'],
])('calls %s, which is %s now, %s', (name, type, called) => {
  expect(nameFor(name, type)).toBe(called);
});

it('keeps the shape of a picture within bounds, and makes none larger', () => {
  expect(sizeWithin({ width: 4000, height: 3000 }, { maxWidth: 1000 })).toEqual({ width: 1000, height: 750 });
  expect(sizeWithin({ width: 4000, height: 3000 }, { maxWidth: 2000, maxHeight: 300 })).toEqual({
    width: 400,
    height: 300,
  });
  expect(sizeWithin({ width: 40, height: 30 }, { maxWidth: 1000 })).toEqual({ width: 40, height: 30 });
  expect(sizeWithin({ width: 10_000, height: 2 }, { maxWidth: 100 })).toEqual({ width: 100, height: 1 });
});

it.each([
  [{ images: { maxWidth: 0 } }, /maxWidth/],
  [{ images: { maxHeight: 1.5 } }, /maxHeight/],
  [{ images: { format: 'png' } }, /format.*'jpeg' or 'webp'/],
  [{ images: { quality: 85 } }, /quality.*0 to 1/],
])('refuses %j', (options, words) => {
  expect(() => checkOptions(options as PrepareOptions)).toThrow(words);
});
