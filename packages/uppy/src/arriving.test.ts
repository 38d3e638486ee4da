import { expect, it } from 'vitest';
import { arriving } from './arriving.ts';

const code = 'data:text/javascript,export const answer = 42;';

it('gives what arrived', async () => {
  expect(await arriving(Promise.resolve({ answer: 1 }))).toEqual({ answer: 1 });
});

it('asks again, by another address, for what Firefox keeps as failed', async () => {
  const failed = new TypeError(`error loading dynamically imported module: ${code}`);
  expect(await arriving(Promise.reject(failed))).toMatchObject({ answer: 42 });
});

it.each([
  new TypeError('Failed to fetch dynamically imported module: https://app.example/proving.js'),
  new TypeError('Importing a module script failed.'),
  undefined,
])('leaves other failures to the next who asks: %s', async (failure) => {
  await expect(arriving(Promise.reject(failure))).rejects.toBe(failure);
});
