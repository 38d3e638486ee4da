import { readFileSync } from 'node:fs';
import { createMockS3, type MimicName } from '@portage/mock-s3';
import { describe, expect, it } from 'vitest';
import { openForQuestions, QUESTIONS } from './questions.ts';
import { listsOf, type Seen, storesOf, writeReadme } from './seen.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const seen: Seen = JSON.parse(read('seen.json'));

/** Which mimic stands for a store that was asked. */
const MIMICS: readonly (readonly [RegExp, MimicName])[] = [
  [/^Ceph 16/, 'ceph-16'],
  [/^Ceph 2/, 'ceph'],
  [/^OpenStack Swift 2\.30/, 'swift'],
  [/^OpenStack Swift 2\.38/, 'swift-2.38'],
];

it.each([
  ['README.md', listsOf],
  ['../../README.md', storesOf],
])('%s shows what was seen', (path, told) => {
  expect(writeReadme(read(path), seen, told)).toBe(read(path));
});

describe.each([...new Set(seen.notes.map(({ store }) => store))])('the mimic of %s', (store) => {
  const mimic = MIMICS.find(([pattern]) => pattern.test(store))?.[1];

  it('answers every question as the store did', { timeout: 120_000 }, async () => {
    expect(mimic).toBeDefined();
    await using mock = await createMockS3({ mimic: mimic ?? 'aws' });
    const asker = await openForQuestions({ ...mock, ...mock.credentials[0] });
    const asked = seen.notes.filter((note) => note.store === store && note.table === 'What they answer');
    expect(asked.length).toBeGreaterThan(40);
    for (const { row, value } of asked) {
      const question = QUESTIONS.find(({ title }) => title === row);
      if (question === undefined || question.notKept || question.byChance) continue;
      expect(await question.ask(asker), row).toBe(value);
    }
  });
});
