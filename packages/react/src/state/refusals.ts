import type { Uppy } from '@uppy/core';
import { type Refusal, type RefusedFile, refusalOf } from './refusal.ts';
import { createStore, type Store } from './store.ts';

/** The files that were refused since the last time files were added. */
export interface Refusals extends Store<readonly Refusal[]> {
  add(refusals: readonly Refusal[]): void;
  clear(): void;
}

const NONE: readonly Refusal[] = [];

/** Collects Uppy's `restriction-failed`, and what could not be read. */
export function createRefusals(uppy: Uppy): Refusals {
  const store = createStore(NONE, () => {
    const onRefused = (file: RefusedFile | undefined, error: Error): void =>
      add([
        refusalOf(file, error.message, {
          limits: uppy.opts.restrictions,
          has: (id) => uppy.checkIfFileAlreadyExists(id),
        }),
      ]);
    uppy.on('restriction-failed', onRefused);
    return () => uppy.off('restriction-failed', onRefused);
  });
  const add = (refusals: readonly Refusal[]): void => {
    if (refusals.length > 0) store.set([...store.get(), ...refusals]);
  };
  return { ...store, add, clear: () => store.set(NONE) };
}
