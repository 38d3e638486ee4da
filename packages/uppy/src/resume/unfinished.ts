/** Uploads that an earlier page began and did not finish, for people to continue or discard. */
import { type Backend, FileChangedError, FileUnreadableError } from '@portage/engine';
import { rememberFileHandle } from '../file-data.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isFree, takenUploads, whenFree } from './free-uploads.ts';
import { giveAway } from './give-away.ts';
import type { PageFiles } from './page-files.ts';
import type { PickedFile, ResumeRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { takeUpload } from './upload-lock.ts';

export interface UnfinishedUpload {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly type: string;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  /** Whether `continue` needs no file: the browser has kept where it is. */
  readonly oneClick: boolean;
}

export interface UnfinishedUploads {
  /** Those that no open tab works on, the latest first. */
  list(): Promise<readonly UnfinishedUpload[]>;
  /** Calls `listener` when a tab lets go of an upload that it works on now: it may be listed then. Returns what unsubscribes. */
  onFreed(listener: () => void): () => void;
  /**
   * Goes on with an upload: adds its file and starts it. Without `file` the browser may ask the person for permission,
   * so call it from a click.
   * @throws FileUnreadableError where the file must be picked; FileChangedError where it is another one.
   */
  continue(id: string, file?: Blob): Promise<void>;
  /** Throws away what the store holds, and the record; asked again at the next start where the call is lost. */
  discard(id: string): Promise<void>;
  /**
   * Forgets all of them, such as before the person signs out, and throws away what the store holds of those that no open
   * tab works on. What a tab works on goes on, but can no longer be continued once that tab is gone.
   */
  clear(): Promise<void>;
}

export function createUnfinishedUploads(options: {
  store: ResumeStore;
  scope: () => string;
  backend: Backend;
  files: PageFiles;
}): UnfinishedUploads {
  const { store, scope, backend, files } = options;
  return {
    async list() {
      const ids = (await store.list(scope())).map(({ id }) => id);
      const taken = await takenUploads();
      const free = new Set(
        await Promise.all(ids.map(async (id) => (!taken.has(id) || (await isFree(id)) ? id : undefined))),
      );
      // Looked up again once they are free: another tab may have finished one in the meantime.
      return (await store.list(scope())).filter(({ id }) => free.has(id)).map(describe);
    },

    onFreed(listener) {
      const controller = new AbortController();
      const { signal } = controller;
      // Where records cannot be read there is nothing to wait for.
      Promise.all([store.list(scope()), takenUploads()]).then(
        ([records, taken]) =>
          records.forEach(({ id }) => {
            if (taken.has(id)) void whenFree(id, listener, signal);
          }),
        () => {},
      );
      return () => controller.abort();
    },

    async continue(id, file) {
      const record = await store.get(id);
      if (!record) throw new FileUnreadableError();
      const data = file ?? (await openHandle(record));
      // As it was picked, the page makes of it once more what it sends; as it was sent, it goes on at once.
      const known = [record.picked, record].filter((file) => file?.size === data.size);
      const fingerprint = known.length > 0 && (await fingerprintOf(data));
      const same = known.find((file) => file?.fingerprint === fingerprint);
      if (!same) throw new FileChangedError(asPicked(record).name);
      files.goOn(id, { name: same.name, type: same.type, data }, record.fields);
    },

    async discard(id) {
      const record = await store.get(id);
      const release = record && (await takeUpload(id));
      if (!record || !release) return;
      try {
        await giveAway(store, backend, record);
      } finally {
        release();
      }
    },

    async clear() {
      const forget = async ({ id, session }: ResumeRecord) => {
        await store.remove(id);
        const release = await takeUpload(id);
        if (!release) return;
        try {
          await backend.abort(session);
        } finally {
          release();
        }
      };
      const records = [...(await store.list(scope())), ...(await store.givenAway(scope()))];
      await Promise.all(records.map(forget));
    },
  };
}

/** What the person knows of it. */
const asPicked = (record: ResumeRecord): PickedFile => record.picked ?? record;

function describe(record: ResumeRecord): UnfinishedUpload {
  const { id, createdAt, handle } = record;
  const { name, size, type } = asPicked(record);
  return { id, name, size, type, startedAt: createdAt, oneClick: handle !== undefined };
}

/** What TypeScript's DOM library does not have yet. @see https://wicg.github.io/file-system-access/ */
interface PermissionAsking {
  requestPermission(options: { mode: 'read' }): Promise<PermissionState>;
}

async function openHandle({ handle }: ResumeRecord): Promise<File> {
  if (!handle) throw new FileUnreadableError();
  try {
    if ('requestPermission' in handle) {
      const answer = await (handle as FileSystemFileHandle & PermissionAsking).requestPermission({ mode: 'read' });
      if (answer !== 'granted') throw new DOMException('The person did not allow it.', 'NotAllowedError');
    }
    const file = await handle.getFile();
    rememberFileHandle(file, handle);
    return file;
  } catch (cause) {
    throw new FileUnreadableError(cause);
  }
}
