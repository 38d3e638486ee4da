import type { Uppy } from '@uppy/core';
import { createStore, type StoreWriter } from './store.ts';

/** What a person is asked about each file. */
export interface FileField {
  /** The name that it has among the fields that go to the server. */
  readonly name: string;
  readonly label: string;
  /** Whether a file waits until it is filled in. @default false */
  readonly required?: boolean | undefined;
  /** The most letters that it takes. @default no limit */
  readonly maxLength?: number | undefined;
}

/** What is asked, and of which files an upload waits for it. */
export interface Asked {
  readonly fields: readonly FileField[];
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
