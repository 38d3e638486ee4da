import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, encodeName, keyName } from './file-name.ts';

describe('a name as people see it', () => {
  it.each([
    ['dots and blanks at its end, which Windows drops', 'a.exe. . .', 'a.exe'],
    ['nothing but dots', '...', 'file'],
    ['direction marks', 'photo\u202Egpj.exe', 'photogpj.exe'],
    ['characters of no width', 'a\u200Bb\u2060c\uFEFF.txt', 'abc.txt'],
    ['joiners between letters that do not join', 'pay\u200Dpal.txt', 'paypal.txt'],
    ['fillers that look like blanks', '\u3164\u115F\u2800.txt', '.txt'],
    ['variation selectors and tags', 'a\uFE0F\u{E0041}\u{E0101}.txt', 'a.txt'],
    ['other blanks', 'a\u00A0b\u3000c.txt', 'a b c.txt'],
  ])('loses %s', (_title, name, expected) => expect(displayName(name)).toBe(expected));

  it.each(['👨‍👩‍👧.png', '❤️.png', 'می‌خواهم.pdf', 'क्‍ष.pdf', 'Müller.pdf'])('keeps what belongs to it: %s', (name) =>
    expect(displayName(name)).toBe(name.normalize('NFC')),
  );

  it('is cut before it is worked on: what is in the middle of a very long one makes no difference', () => {
    const [start, end] = ['s'.repeat(960), `${'e'.repeat(60)}.png`];
    const long = (middle: string) => displayName(start + middle + end);
    expect(long('💥'.repeat(1500))).toBe(long('x'));
    expect(keyName(start + '\u0301'.repeat(3000) + end)).toBe(keyName(`${start}x${end}`));
    expect(long('x')).toMatch(/^s+e*\.png$/);
  });

  it('is one segment, has nothing invisible, fits where it is kept, and is the same when it is cleaned again', {
    timeout: 30_000,
  }, () => {
    const some = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'.- /\\\u0301\u200Da💥', '\uD800'), maxLength: 40 }),
    );
    const name = fc.tuple(some, fc.nat({ max: 60 })).map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(name, (any) => {
        const shown = displayName(any);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u200B\uFEFF/\\]|[. ]$/u);
        expect(encodeName(shown).length).toBeLessThanOrEqual(1024);
        expect(displayName(shown)).toBe(shown);
        expect(keyName(any)).toMatch(/^[\w-]{1,100}(?:\.[A-Za-z0-9]{1,16})?$|^\.[A-Za-z0-9]{1,16}$/);
        expect(keyName(any).length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 100 },
    );
  });
});
