import { expect, it } from 'vitest';
import { type Batch, nextFile } from './next-file.ts';

const batch = (names: string, isHeldUp = false): Batch => ({
  waiting: names.split(' ').flatMap((name) => (name ? [{ id: name, isPaused: name.endsWith('!') }] : [])),
  isHeldUp,
});

it.each<[string, Batch[], string | undefined]>([
  ['the first one', [batch('a b')], 'a'],
  ['one that is not paused before one that is', [batch('a! b')], 'b'],
  ['one of a later batch before one that is paused', [batch('a!', true), batch('b')], 'b'],
  ['none while all are paused', [batch('a! b!'), batch('c!')], undefined],
  ['a paused one where others of its batch would wait for it', [batch('a!'), batch('b! c!', true)], 'b!'],
  ['none where all are prepared', [batch('', true)], undefined],
])('prepares %s', (_, batches, next) => {
  expect(nextFile(batches)).toBe(next);
});
