import { expect, it } from 'vitest';
import { failureOf, named, photoName } from './photo.ts';

const TAKEN = new Date(2026, 10, 3, 4, 5, 9);

it('has a photo named by when it was taken, so that names sort as photos were taken', () => {
  expect(photoName(TAKEN)).toBe('photo-2026-11-03-04-05-09.jpg');
  expect(photoName(new Date(2026, 11, 31, 23, 59, 59))).toBe('photo-2026-12-31-23-59-59.jpg');
});

it('gives a name to what a system calls the same each time, with the same bytes, and leaves other names', async () => {
  const same = new File(['pixels'], 'image.HEIC', { type: 'image/heic', lastModified: 5 });
  const photo = named(same, TAKEN);
  expect([photo.name, photo.type, photo.lastModified]).toEqual(['photo-2026-11-03-04-05-09.heic', 'image/heic', 5]);
  expect(await photo.text()).toBe('pixels');
  const own = new File([], 'IMG_0001.jpg');
  expect(named(own, TAKEN)).toBe(own);
});

it('knows why a camera shows nothing', () => {
  const failures = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'TypeError'].map((name) =>
    failureOf(new DOMException('', name)),
  );
  expect(failures).toEqual(['denied', 'none', 'busy', 'other']);
  expect(failureOf(undefined)).toBe('other');
});
