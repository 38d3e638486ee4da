/** Gives uploads away, and asks again at the next start where nobody has heard of it. */
import type { Backend, Outcome } from '@portage/engine';
import { cannotGoOn } from './cannot-go-on.ts';
import type { ResumeRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { takeUpload } from './upload-lock.ts';

/** An abort that was lost so often is left to the clean-up of the bucket. */
const MOST_ASKED = 5;

/** What a record says of an upload, and not of its file. */
export type GivenAway = Pick<ResumeRecord, 'version' | 'id' | 'scope' | 'session' | 'createdAt' | 'asked'>;

/**
 * Aborts an upload. Its record stays until the abort is answered, without what it says of the file: a page may end at any
 * moment, and what the store holds would cost its owner for days. To be asked while nobody is signed in does not count.
 */
export async function giveAway(
  store: ResumeStore,
  backend: Backend,
  { version, id, scope, session, createdAt, asked = 0 }: GivenAway,
): Promise<Outcome<unknown>> {
  const nothing = { name: '', type: '', size: 0, fingerprint: '' };
  // With the token that it has by now.
  const record = {
    ...nothing,
    version,
    id,
    scope,
    createdAt,
    asked,
    session: (await store.get(id))?.session ?? session,
  };
  await store.save(record);
  const outcome = await backend.abort(record.session);
  const failure = outcome.ok ? undefined : outcome.failure;
  const isSignedOut = failure?.kind === 'server' && failure.code === 'unauthorized';
  if (!isSignedOut) record.asked += 1;
  const isOver = !failure || cannotGoOn(failure) || record.asked >= MOST_ASKED;
  await (isOver ? store.remove(id) : store.save(record));
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
