import type { Uppy } from '@uppy/core';
import { createStore, type StoreWriter } from './store.ts';

/** What a person is asked about each file. */
export interface FileField {
  /** Its key in the file's `meta`, which goes to the server. */
  readonly name: string;
  /** What stands above it. */
  readonly label: string;
  /** Whether the upload waits until it is filled in. @default false */
  readonly required?: boolean | undefined;
  /** The most characters that it takes, in UTF-16 code units, as HTML's `maxlength`. @default no limit */
  readonly maxLength?: number | undefined;
}

/** The questions, and the files that wait for answers. */
export interface Asked {
  readonly fields: readonly FileField[];
  /** Ids of files whose upload waits for a required field. */
  readonly waiting: ReadonlySet<string>;
}

const NOTHING: Asked = { fields: [], waiting: new Set() };

const known = new WeakMap<Uppy, StoreWriter<Asked>>();

/** What is asked about the files of this Uppy. */
export function askedFields(uppy: Uppy): StoreWriter<Asked> {
  const store = known.get(uppy) ?? createStore(NOTHING, () => () => {});
  known.set(uppy, store);
  return store;
}
