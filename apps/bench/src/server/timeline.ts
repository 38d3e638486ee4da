/** Bytes over time, in steps of 100 ms. */
export interface Timeline {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Milliseconds. */
  readonly step: number;
  readonly values: readonly number[];
  add(bytes: number, now: number): void;
}

const STEP = 100;

export function createTimeline(since: number): Timeline {
  const values: number[] = [];
  return {
    since,
    step: STEP,
    values,
    add(bytes, now) {
      const index = Math.floor((now - since) / STEP);
      while (values.length <= index) values.push(0);
      values[index] = (values[index] ?? 0) + bytes;
    },
  };
}
