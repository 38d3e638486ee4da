import { expect, it } from 'vitest';
import { mediaType } from './file-type.ts';

it.each([
  ['video/webm;codecs=vp9,opus', 'video/webm'],
  ['audio/webm; codecs="opus"', 'audio/webm'],
  ['Text/Plain;Charset=UTF-8', 'text/plain; charset=utf-8'],
  ['text/csv; header=present; charset=utf-8', 'text/csv; charset=utf-8'],
  ['image/svg+xml', 'image/svg+xml'],
  ['', 'application/octet-stream'],
  ['picture', 'application/octet-stream'],
  ['text/html\r\nX-Evil: 1', 'application/octet-stream'],
])('of "%s" a header carries %s', (type, stored) => {
  expect(mediaType(type)).toBe(stored);
});
