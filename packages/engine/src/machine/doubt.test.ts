import { describe, expect, it } from 'vitest';
import { type Doubt, type NextStep, nextStep, type Unread } from './doubt.ts';

const TABLE: [name: string, doubt: Doubt, request: Unread, step: NextStep][] = [
  ['the first failure', { unread: 1 }, { began: 1, moved: false }, 'nothing'],
  ['the second in a row', { unread: 2 }, { began: 2, moved: false }, 'ask-host'],
  ['nobody answers: an outage', { unread: 2 }, { began: 2, moved: false, hostAnswers: false }, 'forget'],
  ['the host answers', { unread: 2 }, { began: 2, moved: false, hostAnswers: true }, 'note-answer'],
  ['one that began before that', { unread: 3, answered: 5 }, { began: 4, moved: false }, 'nothing'],
  ['one that began after that', { unread: 3, answered: 5 }, { began: 6, moved: false }, 'ask-host'],
  ['its preflight was refused', { unread: 3, answered: 5 }, { began: 6, moved: false, hostAnswers: true }, 'believe'],
  [
    'its body was on its way',
    { unread: 3, answered: 5 },
    { began: 6, moved: true, hostAnswers: true },
    'ask-with-body',
  ],
  [
    'a body as long is not answered yet',
    { unread: 4, answered: 5, takesBodies: 'asked' },
    { began: 6, moved: true, hostAnswers: true },
    'suspect',
  ],
  [
    'a body as long is answered',
    { unread: 3, answered: 5, takesBodies: true },
    { began: 6, moved: true, hostAnswers: true },
    'believe',
  ],
  [
    'a link that resets long bodies, and lets small requests pass',
    { unread: 9, answered: 5, takesBodies: false },
    { began: 16, moved: true, hostAnswers: true },
    'nothing',
  ],
  [
    'on such a link, a request that was refused before its body',
    { unread: 9, answered: 5, takesBodies: false },
    { began: 16, moved: false, hostAnswers: true },
    'believe',
  ],
  ['the host was lost meanwhile', { unread: 9, answered: 5 }, { began: 16, moved: true, hostAnswers: false }, 'forget'],
];

describe('nextStep', () => {
  it.each(TABLE)('%s', (_, doubt, request, step) => {
    expect(nextStep(doubt, request)).toBe(step);
  });
});
