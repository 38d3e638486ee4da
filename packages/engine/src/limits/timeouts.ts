/** How long an attempt may be silent before a second one is sent beside it. */

/** In milliseconds. */
export interface Timeouts {
  /** From the moment of sending, and anew after each byte that moved. */
  readonly moving: number;
  /** From the last byte handed to the network until the response. */
  readonly answering: number;
}

/** How long responses take after the last byte, smoothed as TCP smooths round trips (RFC 6298). In milliseconds. */
export interface ResponseTimes {
  readonly mean: number;
  readonly deviation: number;
  readonly count: number;
  /** The longest body that was answered, in bytes: of longer ones they tell nothing. */
  readonly longest: number;
}

export const NO_RESPONSES: ResponseTimes = { mean: 0, deviation: 0, count: 0, longest: 0 };

const LEAST = 10_000;
/** An attempt that is silent for so long is given up in any case. In milliseconds. */
export const MOST = 120_000;
/** Before anything is known of the link: a slow one hands megabytes to the kernel at once and is then silent. */
const UNKNOWN = 30_000;
/** Fewer answers than these say little about the next. */
const ENOUGH = 8;
/** A response is never late before that: a store may take a second to write. In milliseconds. */
const SOON = 1_000;

/** Parts of fewer bytes say nothing of the rate: they wait for responses more than for the link. */
export const TELLING = 256 * 1024;
/**
 * A gateway that takes a whole body before it passes it on is silent for as long as that takes: 18 s for 7 MB and 72 s for
 * 30 MB were seen. In bytes per second.
 */
const PASSING_ON = 250_000;

/**
 * The timeouts of a part of `length` bytes over a request that moves `rate` bytes per second (0: unknown), after `stalls`
 * attempts of the same part were given up in a row. A link whose rate fell from 20 Mbit/s to 100 kbit/s was seen to
 * be alive with no progress event for 43 s, so each stall doubles the timeout. Of the rate nothing may be known, and yet how
 * long responses take; and before a body as long was answered, nothing of what stands before the store.
 */
export function timeoutsFor(length: number, rate: number, stalls: number, answers = NO_RESPONSES): Timeouts {
  const knowsResponses = answers.count > 0;
  const unknown = knowsResponses && length < TELLING ? answers.mean : UNKNOWN / 4;
  const expected = rate > 0 ? (length / rate) * 1000 : unknown;
  const base = Math.min(MOST, Math.max(LEAST, 4 * expected));
  const grown = Math.min(MOST, base * 2 ** Math.min(stalls, 10));
  const passedOn = length <= answers.longest ? 0 : Math.min(MOST, (length / PASSING_ON) * 1000);
  return { moving: grown, answering: Math.max(grown, passedOn) };
}

/** The slowest requests that are waited for where progress is hidden, in bytes per second, and how long at most, in milliseconds. */
const HIDDEN = { rate: 16_000, most: 600_000 };
/** The same where it may be. A link that is dead from the first request on looks alike, and people are to hear of that. */
const PERHAPS_HIDDEN = { rate: 64_000, most: 240_000 };

/**
 * How long to wait, in milliseconds, for a part whose progress cannot be seen, until its response; otherwise as above. A slow
 * link and a dead one look the same there, and sending a part beside itself halves what is left of a slow one.
 */
export function blindTimeout(length: number, rate: number, stalls: number, known: boolean): number {
  const slowest = known ? HIDDEN : PERHAPS_HIDDEN;
  const expected = rate > 0 ? (4 * length) / rate : length / slowest.rate;
  return Math.min(slowest.most, Math.max(UNKNOWN, expected * 1000) * 2 ** Math.min(stalls, 10));
}

/** One more answer came, `ms` after the last byte of `length`. */
export function learnResponse(answers: ResponseTimes, ms: number, length: number): ResponseTimes {
  const { mean, deviation, count } = answers;
  const longest = Math.max(answers.longest, length);
  if (count === 0) return { mean: ms, deviation: ms / 2, count: 1, longest };
  return {
    longest,
    mean: 0.875 * mean + 0.125 * ms,
    deviation: 0.75 * deviation + 0.25 * Math.abs(ms - mean),
    count: count + 1,
  };
}

/**
 * When the response to a body of `length` bytes is later than nearly all before it, in milliseconds; undefined while too little
 * is known. S3 answers most parts 0.2 s after their last byte and one in a thousand after 5 s (aws-c-s3, which sends such a
 * part again).
 */
export function lateResponse({ mean, deviation, count, longest }: ResponseTimes, length: number): number | undefined {
  return count < ENOUGH || length > longest ? undefined : Math.max(SOON, 2 * mean, mean + 4 * deviation);
}
