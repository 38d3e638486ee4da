/** The newest entries of a list that may grow without end. */
export interface Ring<T> {
  /** Oldest first. */
  readonly list: T[];
  leftOut: number;
}

export function newRing<T>(): Ring<T> {
  return { list: [], leftOut: 0 };
}

/** Adds `item`. Where that makes more than `most`, the oldest is left out and returned. */
export function push<T>(ring: Ring<T>, item: T, most: number): T | undefined {
  ring.list.push(item);
  if (ring.list.length <= most) return undefined;
  ring.leftOut += 1;
  return ring.list.shift();
}
