import { setTimeout as delay } from 'node:timers/promises';

/** Waits so many milliseconds; rejects as soon as the signal is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal });
}
