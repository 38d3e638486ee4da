import type { Storage } from '../storage.ts';
import type { Logger } from './logger.ts';

/** From here on somebody should know, in milliseconds: the clock of this machine is not kept right. */
const WORTH_TELLING = 60_000;

/** Warns once of each store whose clock is far from this machine's, and again after it was right. */
export function createSkewWarning(storages: readonly Storage[], logger: Logger): () => void {
  const warned = new Set<Storage>();
  const all = [...new Set(storages)];
  return () => {
    for (const storage of all) {
      const skew = storage.clockSkew?.() ?? 0;
      if (Math.abs(skew) < WORTH_TELLING) warned.delete(storage);
      else if (!warned.has(storage)) {
        warned.add(storage);
        const seconds = Math.round(skew / 1000);
        logger.warn(
          { clockSkew: seconds },
          `the clock of the store is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's; signatures follow the store's, but let this machine set its clock by NTP`,
        );
      }
    }
  };
}
