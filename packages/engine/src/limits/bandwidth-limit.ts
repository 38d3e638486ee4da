/**
 * Keeps all uploads together to so many bytes per second. A browser sends the bytes of one request as fast as it can, so
 * each part is paid for after it has begun: the next one waits until its bytes would have gone at the wanted rate. What is
 * owed is counted in bytes, so that another limit counts from the moment it is set. Pure; time is an argument.
 */
export interface Debt {
  /** Bytes that have begun and would not have gone yet at the limit. */
  readonly owed: number;
  readonly at: number;
  /** How long the next part must wait, in whole milliseconds. */
  readonly wait: number;
}

export const NOTHING_OWED: Debt = { owed: 0, at: 0, wait: 0 };

/** @param limit - in bytes per second, since then; without one nothing is owed. */
export function paidOff({ owed, at }: Debt, limit: number | undefined, now: number): Debt {
  if (!limit) return NOTHING_OWED;
  const left = Math.max(0, owed - ((now - at) / 1000) * limit);
  return { owed: left, at: now, wait: Math.ceil((left / limit) * 1000) };
}
