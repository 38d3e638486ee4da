import { setTimeout as delay } from 'node:timers/promises';

/**
 * When a rule is in force, in milliseconds since its schedule was set.
 * @example { from: 5_000, to: 9_000 } // once
 * @example { from: 20_000, to: 26_000, every: 60_000 } // six seconds of every minute
 */
export interface TimeWindow {
  /** Milliseconds. @default 0 */
  readonly from?: number;
  /** Milliseconds; the end is not part of it. @default no end, or `every` */
  readonly to?: number;
  /** The window comes again after so many milliseconds. @default it does not */
  readonly every?: number;
}

/** The times at which something is in force. */
export interface Phase {
  readonly isOn: () => boolean;
  /** Resolves when it is in force; at once if it is. Rejects when `signal` is aborted. */
  readonly untilOn: (signal: AbortSignal) => Promise<void>;
  /** Resolves when it is not in force; at once if it is not. Rejects when `signal` is aborted. */
  readonly untilOff: (signal: AbortSignal) => Promise<void>;
}

/** Longest wait before the clock is looked at again, in milliseconds; Node's timers end at 2^31. */
const LONGEST = 2 ** 30;

/**
 * A phase by the clock.
 * @param now - Milliseconds since the schedule was set.
 * @param ended - Aborted when the schedule is replaced: from then on, nothing of it is in force.
 */
export function phaseOf(window: TimeWindow | undefined, now: () => number, ended: AbortSignal): Phase {
  const { from = 0, every } = window ?? {};
  const to = window?.to ?? every ?? Number.POSITIVE_INFINITY;
  const at = (): number => (every === undefined ? now() : now() % every);
  const isOn = (): boolean => !ended.aborted && at() >= from && at() < to;
  const wait = async (wanted: boolean, signal: AbortSignal): Promise<void> => {
    while (isOn() !== wanted) {
      if (ended.aborted) return await never(signal);
      const time = at();
      const next =
        [from, to, every ?? Number.POSITIVE_INFINITY].find((edge) => edge > time) ?? Number.POSITIVE_INFINITY;
      const ms = Math.min(Math.max(1, next - time), LONGEST);
      await delay(ms, undefined, { signal: AbortSignal.any([signal, ended]) }).catch((error: unknown) => {
        if (signal.aborted) throw error;
      });
    }
  };
  return { isOn, untilOn: (signal) => wait(true, signal), untilOff: (signal) => wait(false, signal) };
}

/** Always in force. */
export const ALWAYS: Phase = { isOn: () => true, untilOn: async () => undefined, untilOff: never };

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
