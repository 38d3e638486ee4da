import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('is how all code that is loaded beside a page is asked for', () => {
  const others: string[] = [];
  for (const folder of [import.meta.dirname, join(import.meta.dirname, '../../react/src')]) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(path) || /\.test\.|stories|arriving\.ts/.test(path)) continue;
      const source = readFileSync(join(folder, path), 'utf8');
      const plain = source.replaceAll(/arriving\(\s*import\(|typeof import\(/g, '');
      if (/[^.\w]import\(/.test(plain)) others.push(path);
    }
  }
  expect(others).toEqual([]);
});
