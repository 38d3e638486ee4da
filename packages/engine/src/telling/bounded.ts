/** What a record keeps in constant memory, however long an upload takes. */

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

/**
 * Values over time: buckets of one width, which doubles whenever there would be too many. The record of a minute and that of a
 * day have about as many of them.
 */
export interface Samples {
  /** Width of a bucket, in milliseconds. */
  every: number;
  /** Bytes that moved the upload on: those of a part that is sent again count once it has passed its old mark. */
  moved: number[];
  /** Most attempts in flight at once. */
  inFlight: number[];
  /** The window at its largest; all uploads of the page share it. */
  window: number[];
  /** As it was told last: it goes on being so while nothing is told. */
  now: { readonly inFlight: number; readonly window: number };
}

const MOST = 256;
const NARROWEST = 250;

export function noSamples(): Samples {
  return { every: NARROWEST, moved: [], inFlight: [], window: [], now: { inFlight: 0, window: 0 } };
}

/** @param at - in milliseconds since the record began. */
export function addSample(samples: Samples, at: number, bytes: number, now: Samples['now']): void {
  while (at >= MOST * samples.every) widen(samples);
  const bucket = Math.floor(at / samples.every);
  while (samples.moved.length <= bucket) {
    samples.moved.push(0);
    samples.inFlight.push(samples.now.inFlight);
    samples.window.push(samples.now.window);
  }
  samples.now = now;
  samples.moved[bucket] = (samples.moved[bucket] ?? 0) + bytes;
  samples.inFlight[bucket] = Math.max(samples.inFlight[bucket] ?? 0, now.inFlight);
  samples.window[bucket] = Math.max(samples.window[bucket] ?? 0, now.window);
}

function widen(samples: Samples): void {
  samples.every *= 2;
  samples.moved = inPairs(samples.moved, (a, b) => a + b);
  samples.inFlight = inPairs(samples.inFlight, Math.max);
  samples.window = inPairs(samples.window, Math.max);
}

function inPairs(values: readonly number[], join: (a: number, b: number) => number): number[] {
  const pairs: number[] = [];
  for (let i = 0; i < values.length; i += 2) pairs.push(join(values[i] ?? 0, values[i + 1] ?? 0));
  return pairs;
}
