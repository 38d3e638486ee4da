/** Which region an upload goes to. Pure: the same knowledge always leads to the same order. */

/** What is known of a region on this network. */
export interface RegionFacts {
  /** Median of a few, in milliseconds; undefined where it was not measured, or did not answer. */
  readonly roundTrip?: number | undefined;
  /** Bytes per second that parts were stored at there. */
  readonly goodput?: number | undefined;
  /** It is out of reach, as far as is known until then, on the engine's clock. */
  readonly downUntil?: number | undefined;
}

/**
 * Why a region comes first: the server has put it there (`server`), it is nearest (`round-trip`), it was seen to take more
 * than the nearest one (`goodput`), or those before it are out of reach (`others-down`).
 */
export type Why = 'server' | 'round-trip' | 'goodput' | 'others-down';

export interface Choice {
  /** All that are offered, the best first. */
  readonly order: readonly string[];
  readonly why: Why;
}

/** Nearer than the server's first one by so much, or it is the same distance: a factor, and milliseconds. */
const NEARER = { factor: 1.2, ms: 5 };
/** A region that takes so many times as much is better, however far it is. */
const FASTER = 1.5;

/** @param offered - in the server's order. */
export function chooseRegion(offered: readonly string[], facts: ReadonlyMap<string, RegionFacts>, now: number): Choice {
  const isDown = (name: string) => (facts.get(name)?.downUntil ?? 0) > now;
  const tripOf = (name: string) => facts.get(name)?.roundTrip ?? Number.POSITIVE_INFINITY;
  const goodputOf = (name: string) => facts.get(name)?.goodput ?? 0;
  const well = offered.filter((name) => !isDown(name));
  const pool = well.length > 0 ? well : offered;
  const [servers = ''] = pool;
  const byTrip = pool.toSorted((a, b) => tripOf(a) - tripOf(b) || 0);
  const [nearest = servers] = byTrip;
  const isNearer = tripOf(nearest) * NEARER.factor + NEARER.ms < tripOf(servers);
  const near = isNearer ? nearest : servers;
  const fastest = pool.reduce((best, name) => (goodputOf(name) > goodputOf(best) ? name : best), near);
  // Of one that was never tried nothing is known: it is tried.
  const isFaster = goodputOf(near) > 0 && goodputOf(fastest) > FASTER * goodputOf(near);
  const first = isFaster ? fastest : near;
  const why = isFaster ? 'goodput' : isNearer ? 'round-trip' : servers === offered[0] ? 'server' : 'others-down';
  return { order: [...new Set([first, ...byTrip, ...offered])].filter((name) => offered.includes(name)), why };
}

/** Whether round trips should be measured: for the first time, or where the nearest has fallen far below what another one took. */
export function wantsMeasuring(
  offered: readonly string[],
  facts: ReadonlyMap<string, RegionFacts>,
  { now, measuredAt }: { readonly now: number; readonly measuredAt: number | undefined },
): boolean {
  if (measuredAt === undefined) return true;
  if (now - measuredAt < AGAIN_AFTER) return false;
  return chooseRegion(offered, facts, now).why === 'goodput';
}

/** No more often, in milliseconds. */
const AGAIN_AFTER = 60_000;

/** The median of what was measured; undefined where nothing was. */
export function medianOf(samples: readonly number[]): number | undefined {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/**
 * How long `size` bytes would take in a region, in milliseconds, as far as anybody can say: by what it was seen to take; else
 * by another one's speed, in proportion to the round trips, as a connection that grows with them is. Undefined where nothing is known.
 */
export function estimate(size: number, name: string, facts: ReadonlyMap<string, RegionFacts>): number | undefined {
  const { goodput, roundTrip } = facts.get(name) ?? {};
  if (goodput) return (size / goodput) * 1000;
  const known = [...facts.values()].find((other) => other.goodput && other.roundTrip);
  if (!known?.goodput || !known.roundTrip || !roundTrip) return undefined;
  return (size / (known.goodput * Math.min(1, known.roundTrip / roundTrip))) * 1000;
}
