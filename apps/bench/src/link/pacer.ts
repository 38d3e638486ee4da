/** When bytes have passed a place of a given rate. Pure but for its memory: the caller brings the time. */
export interface Pacer {
  /** Bits per second; 0 is no limit. */
  setRate(rate: number): void;
  /** When `bytes` that are there at `now` have passed, in milliseconds; they queue behind those before them. */
  pass(bytes: number, now: number): number;
}

export function createPacer(rate = 0): Pacer {
  let current = rate;
  let freeAt = 0;
  return {
    setRate(next) {
      current = next;
    },
    pass(bytes, now) {
      if (current === 0) return now;
      freeAt = Math.max(freeAt, now) + (bytes * 8000) / current;
      return freeAt;
    },
  };
}
