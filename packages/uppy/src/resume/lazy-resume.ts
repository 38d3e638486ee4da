/**
 * Resume, whose code is loaded beside the page's: an upload waits for it a moment, and goes without it where it does not
 * come.
 */
import type { Backend } from '@portage/engine';
import { loadOnce } from '../load-once.ts';
import type { ResumingBackend } from './resuming-backend.ts';
import type { UnfinishedUpload, UnfinishedUploads } from './unfinished.ts';

/** How long a new upload waits for the code, in milliseconds. */
const PATIENCE = 5_000;

export interface ResumeOptions {
  readonly backend: Backend;
  /** Which backend records belong to. */
  readonly scope: string;
  readonly dataOf: (fileID: string) => Blob | undefined;
  /** Adds a file to the page's uploads and starts it. */
  readonly add: (file: { name: string; type: string; data: Blob }) => void;
  /** Hears why nothing can be remembered. */
  readonly onTrouble: (error: unknown) => void;
}

export interface Resume {
  /** The backend, and it remembers. */
  readonly backend: ResumingBackend;
  readonly unfinished: UnfinishedUploads;
}

/** Where nothing is remembered. */
export const NONE_UNFINISHED: UnfinishedUploads = {
  list: async () => [],
  onFreed: () => () => {},
  continue: async () => {},
  discard: async () => {},
};

export function createResume(options: ResumeOptions): Resume {
  const { backend: inner, onTrouble } = options;
  let loaded: Resume | undefined;
  const load = loadOnce(async () => {
    loaded = (await import('./resume.ts')).loadedResume(options);
    return loaded;
  });

  /** The backend that remembers, or the plain one. */
  async function backend(): Promise<Backend> {
    if (loaded) return loaded.backend;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The code for resuming uploads did not arrive in time.')), PATIENCE);
    });
    try {
      return (await Promise.race([load(), late])).backend;
    } catch (error) {
      onTrouble(error);
      return inner;
    } finally {
      clearTimeout(timer);
    }
  }

  // Before it is needed: unfinished uploads are offered soon after the page is there.
  load().catch(onTrouble);
  return {
    backend: {
      signBatch: inner.signBatch,
      sign: inner.sign,
      listParts: inner.listParts,
      create: async (intent, signal) => (await backend()).create(intent, signal),
      complete: (session, parts, sum, signal) => (loaded?.backend ?? inner).complete(session, parts, sum, signal),
      abort: (session) => (loaded?.backend ?? inner).abort(session),
      renewed: async (before, after) => loaded?.backend.renewed(before, after),
      releaseAll: () => loaded?.backend.releaseAll(),
    },
    unfinished: {
      list: async (): Promise<readonly UnfinishedUpload[]> => (await load()).unfinished.list(),
      onFreed(listener) {
        const watching = load().then(
          ({ unfinished }) => unfinished.onFreed(listener),
          () => () => {},
        );
        return () => void watching.then((stop) => stop());
      },
      continue: async (id, file) => (await load()).unfinished.continue(id, file),
      discard: async (id) => (await load()).unfinished.discard(id),
    },
  };
}
