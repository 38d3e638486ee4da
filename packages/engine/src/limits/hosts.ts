/**
 * The hosts of one store, each counted by itself: a browser opens six connections to each, and one of them may be slow or
 * out of reach while the others are well.
 */
import type { Clock } from '../ports.ts';
import type { PartRequest } from '../vocabulary.ts';

export interface Hosts {
  /** How many the store has, of those that are well; 1 while none is known. */
  readonly count: number;
  /**
   * Chooses where a request goes, of all addresses that it may go to: the host with the fewest requests in flight.
   * `release` it with what came of it: whether it failed to get through; undefined where that says nothing of the host.
   */
  take(request: PartRequest): { readonly url: string; release(failed: boolean | undefined): void };
}

interface Host {
  inFlight: number;
  /** In a row. */
  failures: number;
  failedAt: number;
}

/** A failure may be the network's: after so many in a row it is the host's, if other hosts are well. */
const DOUBTFUL = 3;
/** A host that is not well is left alone for so long. In milliseconds. */
const REST = 10_000;

export function createHosts(clock: Clock): Hosts {
  const hosts = new Map<string, Host>();
  /** Those of the latest request. */
  let known: readonly (readonly [url: string, host: Host])[] = [];

  function hostOf(url: string): readonly [string, Host] {
    const origin = url.split('/', 3).join('/');
    const host = hosts.get(origin) ?? { inFlight: 0, failures: 0, failedAt: 0 };
    hosts.set(origin, host);
    return [url, host];
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
      known = [first, ...alternatives].map(hostOf);
      const [url, host] = usable().reduce((least, other) => (other[1].inFlight < least[1].inFlight ? other : least));
      host.inFlight += 1;
      return {
        url,
        release(failed) {
          host.inFlight -= 1;
          if (failed === undefined) return;
          host.failures = failed ? host.failures + 1 : 0;
          host.failedAt = clock.now();
        },
      };
    },
  };
}
