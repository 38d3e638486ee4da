import type { Storage } from '../storage.ts';

/** A storage as single stores: each of its regions, or itself where it has none. */
export const singles = (storage: Storage): readonly Storage[] =>
  storage.regions === undefined ? [storage] : Object.values(storage.regions);
