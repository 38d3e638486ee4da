import { StoreError } from '../errors.ts';
import type { Storage } from '../storage.ts';

/** What `GET /readyz` says: whether calls would succeed now. */
export interface Readiness {
  status: 'ready' | 'draining' | 'not-ready';
  /** `unavailable` or `refused`, where a store is not as it should be. */
  store: 'ok' | 'unavailable' | 'refused';
  /** How far the clock of the store is ahead of this machine's, in whole seconds. */
  clockSkew: number;
}

/** How long a response serves everybody who asks, in milliseconds: a probe every second costs the store little. */
const KEPT = 5_000;

/**
 * Looks at all stores: whether they answer, know these credentials and have the bucket, and what time they have.
 * @param failed Hears what is wrong.
 */
export function createReadiness(
  storages: readonly Storage[],
  clock: () => number,
  failed: (error: unknown) => void,
): () => Promise<Pick<Readiness, 'store' | 'clockSkew'>> {
  const all = [...new Set(storages)];
  let last: { at: number; answer: Promise<Pick<Readiness, 'store' | 'clockSkew'>> } | undefined;

  async function look(): Promise<Pick<Readiness, 'store' | 'clockSkew'>> {
    const found = await Promise.all(
      all.map(async (storage) => {
        try {
          await storage.check?.();
          return 'ok';
        } catch (error) {
          failed(error);
          return error instanceof StoreError && error.reason === 'unavailable' ? 'unavailable' : 'refused';
        }
      }),
    );
    const skews = all.map((storage) => Math.round((storage.clockSkew?.() ?? 0) / 1000));
    const store = found.find((each) => each === 'refused') ?? found.find((each) => each === 'unavailable') ?? 'ok';
    return { store, clockSkew: skews.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0 };
  }

  return () => {
    const now = clock();
    if (last === undefined || now - last.at > KEPT || now < last.at) last = { at: now, answer: look() };
    return last.answer;
  };
}
