import { within } from './timer-clock.ts';

/** Between two attempts, in milliseconds. */
const PAUSE = 2_000;
/** So many attempts are made while there is a network. */
const ATTEMPTS = 15;
/** Code that is on its way for so long may be on a connection that is dead without a word. In milliseconds. */
const LONGEST = 60_000;

/**
 * What late code gives, asked for every 2 s until it is there: for half a minute, and longer while there is no network.
 * @param isWanted - Asked after each attempt that failed.
 * @throws what went wrong last.
 */
export async function untilThere<Value>(load: () => Promise<Value>, isWanted = (): boolean => true): Promise<Value> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      const value = await within(LONGEST, load());
      if (value !== 'late') return value;
      attempts = ATTEMPTS;
      throw new Error('Code did not arrive.');
    } catch (cause) {
      if (!isWanted() || (attempts >= ATTEMPTS && navigator.onLine)) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
