/** What is needed after a failure, loaded beside the page's code. */
import { AppCallbackError, type Failures } from '@portage/engine';
import { loadOnce } from './load-once.ts';

/** Between two attempts, in milliseconds, and how many of them are in vain before an upload fails for it. */
const PAUSE = 2_000;
const ATTEMPTS = 15;

/**
 * Loads at once: the network is there now, and may not be later.
 * @param load - called again where it rejected.
 */
export function lazyFailures(load: () => Promise<Failures>): () => Promise<Failures> {
  const loaded = loadOnce(load);
  loaded().catch(() => {});
  return async () => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await loaded();
      } catch (cause) {
        if (attempts >= ATTEMPTS && navigator.onLine) return withoutPolicy(cause);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  };
}

/** The code is gone, with the last deploy perhaps. */
function withoutPolicy(cause: unknown): Failures {
  return {
    asksForLess: () => false,
    waitsFor: () => undefined,
    afterFailure: (state) =>
      'history' in state
        ? {
            state: { at: 'failed', error: new AppCallbackError(cause), held: { is: 'nothing' } },
            commands: [{ do: 'abandon' }],
          }
        : { state, commands: [] },
  };
}
