import type { UnfinishedUploads } from '@portage/uppy';
import { arriving } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { Recovery, UnfinishedItem } from './recovery.ts';
import { createStore } from './store.ts';
import { whenLoaded } from './when-loaded.ts';

/**
 * A {@link Recovery} whose code is loaded once someone listens. Where it does not arrive there is nothing on offer; the
 * same file picked again goes on all the same.
 */
export function lazyRecovery(uppy: Uppy, unfinished: UnfinishedUploads | undefined): Recovery {
  let made: Recovery | undefined;
  const load = (): Promise<Recovery> =>
    arriving(import('./recovery.ts')).then(({ createRecovery }) => {
      made ??= createRecovery(uppy, unfinished);
      return made;
    });
  const store = createStore<readonly UnfinishedItem[]>([], () =>
    unfinished
      ? whenLoaded(load, (recovery) => {
          const follow = (): void => store.set(recovery.get());
          follow();
          return recovery.subscribe(follow);
        })
      : () => {},
  );
  return {
    ...store,
    refresh: async () => (await load()).refresh(),
    continue: async (id, file) => (await load()).continue(id, file),
    discard: async (id) => (await load()).discard(id),
  };
}
