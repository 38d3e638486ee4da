import { expect, it } from 'vitest';
import type { Intent } from '../vocabulary.ts';
import { isSameFile } from './same-file.ts';

const file: Intent = {
  id: 'a',
  name: 'a.png',
  size: 5,
  type: 'image/png',
  partSize: 10,
  meta: { by: 'me', at: 'home' },
};

it('is the same where all that the server was told is', () => {
  expect(isSameFile(file, { ...file, meta: { at: 'home', by: 'me' }, partSize: 20, priority: 3 })).toBe(true);
});

it.each([
  { name: 'b.png' },
  { size: 6 },
  { type: 'image/gif' },
  { meta: { by: 'me' } },
  { meta: { by: 'you', at: 'home' } },
])('is another one with %o', (edit) => {
  expect(isSameFile(file, { ...file, ...edit })).toBe(false);
});
