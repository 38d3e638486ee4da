/** Keeps resume records in IndexedDB. Where that fails an upload cannot be resumed, and goes on all the same. */
import { within } from '../timer-clock.ts';
import { ask, holdDatabase } from './database.ts';
import { KEPT_FOR, type ResumeRecord, readRecord } from './resume-record.ts';

/** A blocked database answers nothing at all; an upload must not wait for it longer than this, in milliseconds. */
const TIMEOUT = 2_000;
/** A page that was too busy all the while to hear the response hears it now. In milliseconds. */
const GRACE = 200;

export interface ResumeStore {
  save(record: ResumeRecord): Promise<void>;
  remove(id: string): Promise<void>;
  /** Undefined also where it is given away. */
  get(id: string): Promise<ResumeRecord | undefined>;
  /** The records of a scope, the latest first. */
  list(scope: string): Promise<ResumeRecord[]>;
  /** Those whose abort was lost. */
  givenAway(scope: string): Promise<ResumeRecord[]>;
  /** Lets go of the database; what is asked of it after that opens it for a moment. */
  close(): void;
}

const put = (record: ResumeRecord) => ask('readwrite', (store) => store.put(record, record.id));
const remove = (id: string) => ask('readwrite', (store) => store.delete(id));

/** @param onTrouble - Hears why nothing can be remembered. */
export function createResumeStore(onTrouble: (error: unknown) => void): ResumeStore {
  const close = holdDatabase();
  let silent = false;

  /** Quota, private mode, a blocked or broken database, or none at all: told, and lived with. */
  async function attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      const working = work();
      const answered = () => {
        silent = false;
      };
      working.then(answered, answered);
      // It may answer after all: then what was asked of it meanwhile is done, though nobody has waited for it.
      if (silent) return otherwise;
      let answer = await within(TIMEOUT, working);
      if (answer === 'late') answer = await within(GRACE, working);
      if (answer !== 'late') return answer;
      silent = true;
      throw new Error('The browser’s database does not answer: unfinished uploads cannot be remembered.');
    } catch (error) {
      onTrouble(error);
      return otherwise;
    }
  }

  const all = (scope: string) =>
    attempt(async () => {
      const records = (await ask<unknown[]>('readonly', (store) => store.getAll())).flatMap(
        (value) => readRecord(value) ?? [],
      );
      const old = records.filter(({ createdAt }) => createdAt + KEPT_FOR < Date.now());
      await Promise.all(old.map(({ id }) => remove(id)));
      const current = records.filter((record) => record.scope === scope && !old.includes(record));
      return current.sort((a, b) => b.createdAt - a.createdAt);
    }, []);

  return {
    close,
    save: (record) =>
      attempt(async () => {
        try {
          await put(record);
        } catch (error) {
          // A handle that cannot be stored must not cost the record.
          if (!record.handle) throw error;
          const { handle: _, ...rest } = record;
          await put(rest);
        }
      }, undefined),
    remove: (id) => attempt(() => remove(id), undefined),
    get: (id) =>
      attempt(async () => {
        const record = readRecord(await ask('readonly', (store) => store.get(id)));
        return record?.asked === undefined ? record : undefined;
      }, undefined),
    list: async (scope) => (await all(scope)).filter(({ asked }) => asked === undefined),
    givenAway: async (scope) => (await all(scope)).filter(({ asked }) => asked !== undefined),
  };
}
