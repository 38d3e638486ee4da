/**
 * The hosts of one store, each counted by itself: a browser opens six connections to each, and one of them may be slow or
 * out of reach while the others are well.
 */
import type { Failure } from '../failure.ts';
import type { Clock } from '../ports.ts';
import type { PartRequest } from '../vocabulary.ts';
import {
  type HostLimit,
  isQueued,
  MANY,
  PACKED,
  sawMoving,
  sawResponse,
  smallAtOnce,
  takesPacks,
  UNKNOWN_HOST,
} from './small-requests.ts';

export interface Hosts {
  /** How many the store has, of those that are well; 1 while none is known. */
  readonly count: number;
  /** Most requests with small files at once, to all of them. */
  readonly smallAtOnce: number;
  /** Whether small files travel together now. */
  readonly isPacking: boolean;
  /** Chooses where a request goes, of all addresses that it may go to: the host with the fewest requests in flight. */
  take(request: PartRequest): HostedRequest;
}

/** A request on its way to a host. */
export interface HostedRequest {
  readonly url: string;
  /** It travels with others, and is none of the host's requests. */
  readonly packed?: boolean;
  /** Whether the browser may hold it until others are through. */
  readonly isQueued: boolean;
  /** Some of it has moved. */
  moved(): void;
  /**
   * What its failure is to the upload: where the page's own policy forbids this host alone, another one takes the part, and this
   * one is not tried again.
   */
  toUpload(failure: Failure): Failure;
  /** @param failed - Whether it failed to get through; undefined where that says nothing of the host. */
  release(failed: boolean | undefined): void;
}

interface Host {
  readonly inFlight: Set<HostedRequest>;
  moving: number;
  limit: HostLimit;
  /** In a row. Infinity: the page may not reach it. */
  failures: number;
  failedAt: number;
}

/** A failure may be the network's: after so many in a row it is the host's, if other hosts are well. */
const DOUBTFUL = 3;
/** A host that is not well is left alone for so long. In milliseconds. */
const REST = 10_000;

/** @param packs - Whether requests can be sent together now. */
export function createHosts(clock: Clock, packs: () => boolean = () => false): Hosts {
  const hosts = new Map<string, Host>();
  /** Those of the latest request. */
  let known: readonly (readonly [url: string, host: Host])[] = [];
  /** Whether the host of the latest that may travel with others takes packs. */
  let takes = false;
  const isPacking = () => takes && packs();

  function hostOf(url: string): readonly [string, Host] {
    const origin = url.split('/', 3).join('/');
    const fresh = { inFlight: new Set<HostedRequest>(), moving: 0, limit: UNKNOWN_HOST, failures: 0, failedAt: 0 };
    const host = hosts.get(origin) ?? fresh;
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
    get isPacking() {
      return isPacking();
    },
    get count() {
      return usable().length || 1;
    },
    get smallAtOnce() {
      if (isPacking()) return PACKED;
      // What one connection takes, several take together: what is in flight waits for the same link.
      return Math.min(
        MANY,
        usable().reduce((sum, [url, { limit }]) => sum + smallAtOnce(limit, url), 0),
      );
    },
    take({ url: first, alternatives = [], http2, pack }) {
      known = [first, ...alternatives].map(hostOf);
      if (http2) for (const [, host] of known) host.limit = { ...host.limit, hinted: true };
      const [url, host] = usable().reduce((least, other) =>
        other[1].inFlight.size < least[1].inFlight.size ? other : least,
      );
      const toUpload = (failure: Failure): Failure => {
        if (failure.kind !== 'network' || failure.hidden?.by !== 'policy') return failure;
        host.failures = Number.POSITIVE_INFINITY;
        host.failedAt = host.failures;
        return known.some(([, { failures }]) => failures < host.failures) ? { kind: 'network' } : failure;
      };
      if (pack !== undefined) {
        takes = takesPacks(host.limit, url);
        if (isPacking()) return { url, packed: true, isQueued: false, moved() {}, toUpload, release() {} };
      }
      let hasMoved = false;
      const request: HostedRequest = {
        url,
        get isQueued() {
          return !hasMoved && isQueued(host.limit, [...host.inFlight].indexOf(request));
        },
        moved() {
          if (hasMoved) return;
          hasMoved = true;
          host.moving += 1;
          host.limit = sawMoving(host.limit, host.moving);
        },
        toUpload,
        release(failed) {
          if (failed === false) host.limit = sawResponse(host.limit, host.inFlight.size);
          host.inFlight.delete(request);
          if (hasMoved) host.moving -= 1;
          if (failed === undefined) return;
          host.failures = failed ? host.failures + 1 : 0;
          host.failedAt = Math.max(host.failedAt, clock.now());
        },
      };
      host.inFlight.add(request);
      return request;
    },
  };
}
