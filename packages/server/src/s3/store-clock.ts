/** From this difference on, the store's time counts, in milliseconds: `Date` knows seconds only, and a response takes its way. */
const NOTICED = 5_000;

/** Answers that took longer say little about the time, in milliseconds. */
const PROMPT = 5_000;

/** The time as the store has it, as far as its responses tell: S3 refuses signatures that are off by 15 minutes. */
export interface StoreClock {
  /** In milliseconds since the epoch. */
  now(): number;
  /** How far the store's clock is ahead of this machine's, in milliseconds; 0 where they agree. */
  skew(): number;
  /** Learns from the `Date` of a response to a request that was sent at a moment of this machine's clock. */
  learn(date: string | null, sentAt: number): void;
}

export function createStoreClock(clock: () => number): StoreClock {
  let skew = 0;
  return {
    now: () => clock() + skew,
    skew: () => skew,
    learn(date, sentAt) {
      const theirs = Date.parse(date ?? '');
      const now = clock();
      if (Number.isNaN(theirs) || now - sentAt > PROMPT || now < sentAt) return;
      // Cut to whole seconds, half a second is missing on average.
      const ahead = theirs + 500 - (sentAt + now) / 2;
      skew = Math.abs(ahead) < NOTICED ? 0 : Math.round(ahead);
    },
  };
}
