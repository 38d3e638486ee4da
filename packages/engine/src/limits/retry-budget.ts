/**
 * A token bucket for all retries of a page: in an outage every request of every file fails at once, and a store that is
 * coming back must not be met by all of them. Pure; time is an argument.
 */
export interface RetryBudget {
  /** May be negative: then retries have been promised that many tokens in advance. */
  readonly tokens: number;
  readonly at: number;
}

/** Retries that may follow one another without a pause. One more token comes back each second. */
const CAPACITY = 30;

export function fullBudget(now: number): RetryBudget {
  return { tokens: CAPACITY, at: now };
}

/** How long the next retry must wait for its token, in milliseconds. */
export function budgetWait(budget: RetryBudget, now: number): number {
  return Math.max(0, Math.ceil((1 - refilled(budget, now)) * 1000));
}

/** A response has come: who answers is there again, and so is the trust in it. */
export function refund(budget: RetryBudget, tokens: number, now: number): RetryBudget {
  return { tokens: Math.min(CAPACITY, refilled(budget, now) + tokens), at: now };
}

/** Promises a token to a retry. */
export function spend(budget: RetryBudget, now: number): RetryBudget {
  return { tokens: refilled(budget, now) - 1, at: now };
}

function refilled({ tokens, at }: RetryBudget, now: number): number {
  return Math.min(CAPACITY, tokens + Math.max(0, now - at) / 1000);
}

/**
 * A retry that waits for its token: of what failed together, as the files that one call creates, which goes on together for one
 * token. Where a response comes after all, two retries need not wait any longer, and each of those frees two more: whoever is
 * back is met by a few, then by more, as it answers.
 */
export interface HeldRetry {
  /** Who is asked. */
  readonly side: 'store' | 'server';
  readonly fires: Set<() => void>;
}

/** How many retries a response frees. */
export const FREED = 2;

/** Those to go now that a response of that side has come; the oldest first. */
export function freed(held: Iterable<HeldRetry>, side: HeldRetry['side']): HeldRetry[] {
  return [...held].filter((retry) => retry.side === side).slice(0, FREED);
}
