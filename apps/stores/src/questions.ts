/** What uploads depend on, and stores answer differently. Each is asked of a real store and of the mimic of it. */
import { type Asker, askerOf } from './asking.ts';
import { openBucket } from './open-bucket.ts';
import { CHECKSUMS } from './questions/checksums.ts';
import { CONDITIONS } from './questions/conditions.ts';
import { LIFE } from './questions/life.ts';
import { PAGES } from './questions/pages.ts';
import { PARTS } from './questions/parts.ts';
import type { Question } from './questions/question.ts';
import { RULES } from './questions/rules.ts';
import { SIGNATURES } from './questions/signatures.ts';
import { STORED } from './questions/stored.ts';

export const QUESTIONS: readonly Question[] = [
  ...STORED,
  ...CONDITIONS,
  ...CHECKSUMS,
  ...LIFE,
  ...PARTS,
  ...RULES,
  ...PAGES,
  ...SIGNATURES,
];

/** A bucket for questions. */
export async function openForQuestions(store: Asker['store']): Promise<Asker> {
  const asker = askerOf(store, 'questions');
  await openBucket(asker);
  return asker;
}
