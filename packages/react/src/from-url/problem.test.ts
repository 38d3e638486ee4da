import { expect, it } from 'vitest';
import { addressOf, problemOf } from './problem.ts';

it('takes addresses of the web, with a scheme or without', () => {
  expect(addressOf(' https://example.com/a.jpg ')).toBe('https://example.com/a.jpg');
  expect(addressOf('http://example.com/a b.jpg')).toBe('http://example.com/a%20b.jpg');
  expect(addressOf('example.com/a.jpg')).toBe('https://example.com/a.jpg');
  for (const text of [
    '',
    '  ',
    'ftp://example.com/a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:,a',
    'https://',
  ])
    expect(addressOf(text), text).toBeUndefined();
});

it('finds in what Uppy throws what happened', () => {
  const thrown = (cause: object) => new Error('Could not POST …', { cause });
  expect(problemOf(thrown({ isNetworkError: true }))).toBe('server');
  expect(problemOf({ isAuthError: true })).toBe('refused');
  expect(problemOf(thrown({ statusCode: 403 }))).toBe('refused');
  expect(problemOf(thrown({ statusCode: 400 }))).toBe('address');
  expect(problemOf(thrown({ statusCode: 500 }))).toBe('fetch');
  expect(problemOf(undefined)).toBe('fetch');
});
