import type { UnfinishedUploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { Recovery, UnfinishedItem } from './recovery.ts';
import { createStore } from './store.ts';

/**
 * A {@link Recovery} whose code is loaded once someone listens. Where it does not arrive there is nothing on offer; the
 * same file picked again goes on all the same.
 */
export function lazyRecovery(uppy: Uppy, unfinished: UnfinishedUploads | undefined): Recovery {
  let loading: Promise<Recovery> | undefined;
  const load = (): Promise<Recovery> => {
    loading ??= import('./recovery.ts').then(({ createRecovery }) => createRecovery(uppy, unfinished));
    return loading;
  };
  const store = createStore<readonly UnfinishedItem[]>([], () => {
    const following =
      unfinished &&
      load().then((recovery) => {
        const follow = (): void => store.set(recovery.get());
        follow();
        return recovery.subscribe(follow);
      });
    // Heard of here, or the browser tells of a rejection that nobody handles.
    const ended = following?.catch(() => () => {});
    return () => void ended?.then((end) => end());
  });
  return {
    get: store.get,
    subscribe: store.subscribe,
    refresh: async () => (await load()).refresh(),
    continue: async (id, file) => (await load()).continue(id, file),
    discard: async (id) => (await load()).discard(id),
  };
}
