/**
 * Resume, whose code is loaded beside the page's: an upload waits for it a moment, and goes without it where it does not
 * come.
 */

import type { Backend } from '@portage/engine';
import { arriving } from '../arriving.ts';
import { loadOnce } from '../load-once.ts';
import type { Resume, ResumeOptions } from './resume.ts';
import type { UnfinishedUpload, UnfinishedUploads } from './unfinished.ts';

/** How long a new upload waits for the code, in milliseconds. */
const PATIENCE = 5_000;

const nothing = async () => {};

/** Where nothing is remembered. */
export const NONE_UNFINISHED: UnfinishedUploads = {
  list: async () => [],
  onFreed: () => () => {},
  continue: nothing,
  discard: nothing,
  clear: nothing,
};

export function createResume(options: ResumeOptions): Resume {
  const { backend: inner, uppy } = options;
  const onTrouble = (error: unknown) => uppy.log(error, 'warning');
  let loaded: Resume | undefined;
  let isOver = false;
  const load = loadOnce(async () => {
    loaded = (await arriving(import('./resume.ts'))).loadedResume(options);
    if (isOver) loaded.backend.releaseAll();
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
      release: (fileID) => !!loaded?.backend.release(fileID),
      keeps: (fileID) => !!loaded?.backend.keeps(fileID),
      releaseAll() {
        isOver = true;
        loaded?.backend.releaseAll();
      },
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
      clear: async () => (await load()).unfinished.clear(),
    },
  };
}
