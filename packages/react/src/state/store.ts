/** Something that React can read with `useSyncExternalStore`. */
export interface Store<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** The writing side of a {@link Store}. */
export interface StoreWriter<T> extends Store<T> {
  set(value: T): void;
}

/**
 * A value with listeners. `connect` runs while there is at least one listener, so that nothing is left on Uppy after
 * the last component went.
 */
export function createStore<T>(initial: T, connect: () => () => void): StoreWriter<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  let disconnect: (() => void) | undefined;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) disconnect = connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        disconnect?.();
        disconnect = undefined;
      };
    },
  };
}
