/** Remembers what was measured of regions, for as long as a tab lives and stays on its network. */
import type { RegionFacts } from '@portage/engine/regions';
import { KEPT_AS } from './kept-as.ts';

/** What a browser tells of the network. Only Chromium does. @see https://wicg.github.io/netinfo/ */
interface NetworkInformation extends EventTarget {
  readonly saveData?: boolean;
  /** Of earlier drafts, and of browsers made after them. */
  readonly metered?: boolean;
  readonly type?: string;
  readonly effectiveType?: string;
}

const connection = (): NetworkInformation | undefined => (navigator as { connection?: NetworkInformation }).connection;

/** Whether bytes may cost the person something: data saver, a mobile network, or one that is slow enough to be one. */
export function isMetered(): boolean {
  const { saveData, metered, type, effectiveType = '' } = connection() ?? {};
  return saveData === true || metered === true || type === 'cellular' || /2g$/.test(effectiveType);
}

/** Names the network, as far as browsers tell one from another. */
const network = (): string => `${connection()?.type ?? ''} ${connection()?.effectiveType ?? ''}`;

/** What is older is not used, in milliseconds. */
const KEPT = 30 * 60_000;

export function remembered(now = Date.now()): Map<string, RegionFacts> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null');
    const { at, on, facts } = Object(kept) as { at?: unknown; on?: unknown; facts?: unknown };
    if (typeof at !== 'number' || now < at || now - at > KEPT || on !== network() || !Array.isArray(facts))
      return new Map();
    return new Map(facts.flatMap((entry) => readFacts(entry)));
  } catch {
    return new Map();
  }
}

function readFacts(entry: unknown): [string, RegionFacts][] {
  const [name, said] = Array.isArray(entry) ? (entry as unknown[]) : [];
  const { roundTrip, goodput } = Object(said) as Record<string, unknown>;
  const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
  if (typeof name !== 'string') return [];
  return [[name, { ...(isCount(roundTrip) && { roundTrip }), ...(isCount(goodput) && { goodput }) }]];
}

export function remember(facts: ReadonlyMap<string, RegionFacts>, now = Date.now()): void {
  try {
    const kept = [...facts].map(([name, { roundTrip, goodput }]) => [name, { roundTrip, goodput }]);
    sessionStorage.setItem(KEPT_AS, JSON.stringify({ at: now, on: network(), facts: kept }));
  } catch {
    // Without a storage each page measures for itself.
  }
}

/** Calls `listener` when the network may be another one. Returns what unsubscribes. */
export function onNetworkChange(listener: () => void): () => void {
  const targets = [[connection(), 'change'] as const, [globalThis, 'online'] as const];
  for (const [target, event] of targets) target?.addEventListener(event, listener);
  return () => {
    for (const [target, event] of targets) target?.removeEventListener(event, listener);
  };
}
