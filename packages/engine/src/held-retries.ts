/**
 * Retries that wait for their token. Where a response comes after all, two of them need not wait any longer, and each of
 * those frees two more: whoever is back is met by a few, then by more, as it answers.
 */

/** What failed together, as the files that one call creates: it goes on together, for one token. */
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
