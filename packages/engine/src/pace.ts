/**
 * Keeps all uploads together to so many bytes per second. A browser sends the bytes of one request as fast as it can, so
 * each part is paid for after it has begun: the next one waits until its bytes would have gone at the wanted rate.
 * Pure; time is an argument.
 */
export interface Pace {
  /** In bytes per second. */
  readonly limit: number;
  /** When what was begun so far is paid for. */
  readonly paidAt: number;
}

/** How long the next part must wait, in milliseconds. */
export function paceWait({ paidAt }: Pace, now: number): number {
  return Math.max(0, paidAt - now);
}

/** A part of `bytes` begins. */
export function pay({ limit, paidAt }: Pace, bytes: number, now: number): Pace {
  return { limit, paidAt: Math.max(paidAt, now) + (bytes / limit) * 1000 };
}
