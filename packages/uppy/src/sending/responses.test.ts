import { expect, it } from 'vitest';
import { readS3Code } from './responses.ts';

it.each([
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SlowDown</Code><Message>a &lt; b</Message></Error>',
    'SlowDown',
  ],
  [
    '<Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n  <Message>no</Message>\n  <Code>NoSuchUpload</Code>\n</Error>',
    'NoSuchUpload',
  ],
  // Cut off on its way.
  ['<Error><Code>AccessDenied</Code><Mess', 'AccessDenied'],
  ['<Error></Error>', undefined],
  ['<html><body><Error><Code>SlowDown</Code></Error></body></html>', undefined],
  ['<Errors><Code>SlowDown</Code></Errors>', undefined],
  ['{"Code":"SlowDown"}', undefined],
  ['', undefined],
])('finds the code of a store’s error: %s', (body, code) => {
  expect(readS3Code(body)).toBe(code);
});
