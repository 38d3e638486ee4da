/** Gives uploads away, and asks again at the next start where nobody has heard of it. */
import type { Backend, Outcome } from '@portage/engine';
import { cannotGoOn } from './cannot-go-on.ts';
import type { ResumeRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { takeUpload } from './upload-lock.ts';

/** An abort that was lost so often is left to the clean-up of the bucket. */
const MOST_ASKED = 5;

/**
 * Aborts an upload. Its record stays until the abort is answered, without what it says of the file: a page may end at any
 * moment, and what the store holds would cost its owner for days.
 */
export async function giveAway(store: ResumeStore, backend: Backend, record: ResumeRecord): Promise<Outcome<unknown>> {
  const { version, id, scope, createdAt } = record;
  // With the token that it has by now.
  const { session } = (await store.get(id)) ?? record;
  const asked = (record.asked ?? 0) + 1;
  const nothing = { name: '', type: '', size: 0, fingerprint: '' };
  await store.save({ ...nothing, version, id, scope, session, createdAt, asked });
  const outcome = await backend.abort(session);
  if (outcome.ok || cannotGoOn(outcome.failure) || asked >= MOST_ASKED) await store.remove(id);
  return outcome;
}

/** Asks once more for those whose abort was lost. */
export async function giveAwayAgain(store: ResumeStore, backend: Backend, scope: string): Promise<void> {
  for (const record of await store.givenAway(scope)) {
    const release = await takeUpload(record.id);
    if (!release) continue;
    await giveAway(store, backend, record).finally(release);
  }
}
