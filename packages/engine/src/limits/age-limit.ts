/**
 * Gateways that end each request at one age, whatever it has sent: h2o after 10 s, Traefik after 60 s, if nobody sets them
 * otherwise. Over a thin link six parts at once each take longer, and are sent in vain again and again; fewer at once are through
 * in time. Pure; time is an argument.
 */
export interface AgeLimit {
  /** How old the last request was that was lost, and when that was. In milliseconds. */
  readonly age: number;
  readonly at: number;
  /** How many requests at once seem to be through before that age. Below 1, not even one that has the link for itself. */
  readonly atOnce: number;
}

export const NO_AGE_LIMIT: AgeLimit = { age: 0, at: 0, atOnce: Number.POSITIVE_INFINITY };

/** What is lost sooner is not lost for its age. In milliseconds. */
const LEAST = 3_000;
/** Ages that differ by no more than this are one: a request waits in the link's queue before a gateway sees it. In milliseconds. */
const ALIKE = 1_000;
/** This share of the time is to do, since a link is not always as fast. */
const ENOUGH = 0.8;

/**
 * A request of `inFlight` at once was lost on its way. Requests that are lost together may be lost with the network; so what
 * counts is one that was begun after another was lost, and was lost at the same age.
 */
export function lostAt(known: AgeLimit, begunAt: number, inFlight: number, now: number): AgeLimit {
  const age = now - begunAt;
  if (age < LEAST || begunAt < known.at) return known;
  const { atOnce } = known;
  return { age, at: now, atOnce: isAlike(known, age) ? Math.min(atOnce, inFlight) / 2 : Math.max(atOnce, 1) };
}

/** Whether requests are lost at that age. */
export function isOfAge(known: AgeLimit, age: number): boolean {
  return known.atOnce < Number.POSITIVE_INFINITY && isAlike(known, age);
}

const isAlike = (known: AgeLimit, age: number) => Math.abs(age - known.age) <= ALIKE;

/** A request of `inFlight` at once was through after `ms`. */
export function throughAfter(known: AgeLimit, ms: number, inFlight: number): AgeLimit {
  if (ms >= known.age + ALIKE || known === NO_AGE_LIMIT) return NO_AGE_LIMIT;
  return { ...known, atOnce: Math.max(known.atOnce, 1, (ENOUGH * known.age * inFlight) / ms) };
}
