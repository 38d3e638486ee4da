import type { Uppy } from '@uppy/core';
import { createStore, type Store } from './store.ts';

/** The server's keys of the files that were stored and are still in the list, by file id. */
export function createStoredKeys(uppy: Uppy): Store<ReadonlyMap<string, string>> {
  const store = createStore<ReadonlyMap<string, string>>(new Map(), () => {
    const onSuccess: Parameters<typeof uppy.on<'upload-success'>>[1] = (file, { body }) => {
      const key: unknown = body?.['key'];
      if (file && typeof key === 'string') store.set(new Map(store.get()).set(file.id, key));
    };
    uppy.on('upload-success', onSuccess);
    return () => uppy.off('upload-success', onSuccess);
  });
  return store;
}
