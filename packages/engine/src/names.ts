/**
 * The names of one store, each counted by itself: a browser opens six connections to each, and one of them may be slow or
 * out of reach while the others are well.
 */
import type { Clock } from './ports.ts';
import type { PartRequest } from './vocabulary.ts';

export interface Names {
  /** How many the store has, of those that are well; 1 while none is known. */
  readonly count: number;
  /**
   * Chooses where a request goes, of all addresses that it may go to: the name with the fewest requests in flight.
   * `release` it with what came of it: whether it failed to get through; undefined where that says nothing of the name.
   */
  take(request: PartRequest): { readonly url: string; release(failed: boolean | undefined): void };
}

interface Name {
  inFlight: number;
  /** In a row. */
  failures: number;
  failedAt: number;
}

/** A failure may be the network's: after so many in a row it is the name's, if other names are well. */
const DOUBTFUL = 3;
/** A name that is not well is left alone for so long. In milliseconds. */
const REST = 10_000;

export function createNames(clock: Clock): Names {
  const names = new Map<string, Name>();
  /** Those of the latest request. */
  let known: readonly (readonly [url: string, name: Name])[] = [];

  function named(url: string): readonly [string, Name] {
    const host = url.split('/', 3).join('/');
    const name = names.get(host) ?? { inFlight: 0, failures: 0, failedAt: 0 };
    names.set(host, name);
    return [url, name];
  }
  /** Where none is well it is the network that is not. */
  function usable() {
    const now = clock.now();
    const well = known.filter(([, { failures, failedAt }]) => failures < DOUBTFUL || now - failedAt >= REST);
    return well.length > 0 ? well : known;
  }

  return {
    get count() {
      return known.length > 1 ? usable().length : 1;
    },
    take({ url: first, alternatives = [] }) {
      known = [first, ...alternatives].map(named);
      const [url, name] = usable().reduce((least, other) => (other[1].inFlight < least[1].inFlight ? other : least));
      name.inFlight += 1;
      return {
        url,
        release(failed) {
          name.inFlight -= 1;
          if (failed === undefined) return;
          name.failures = failed ? name.failures + 1 : 0;
          name.failedAt = clock.now();
        },
      };
    },
  };
}
