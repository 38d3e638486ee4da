/** Whether a region may be fading: far fewer bytes move there than before, though none fails. Pure. */

/** What moves to a region while anything is on its way there. */
export interface Flow {
  /** Bytes that have moved since then. */
  readonly moved: number;
  readonly since: number | undefined;
  /** When few bytes are a reason to look at it again. */
  readonly lookAfter: number;
}

export const NO_FLOW: Flow = { moved: 0, since: undefined, lookAfter: 0 };

/** Bytes are counted for so long, in milliseconds. */
const COUNTED = 4_000;
/** So many times fewer bytes than before are a reason to look at the region. */
const FADED = 10;
/** Mostly it is the network: no look follows another one sooner, in milliseconds. */
const LOOK_AT_SLOW = 30_000;

/**
 * What the flow is to be counted on from, and whether to look at the region.
 * @param goodput - What the region was seen to take, in bytes per second; undefined while it is not known.
 */
export function checkFlow(flow: Flow, now: number, goodput = 0): { readonly flow: Flow; readonly mayFade: boolean } {
  const { moved, since = now, lookAfter } = flow;
  if (now - since < COUNTED) return { flow: { ...flow, since }, mayFade: false };
  const isSlow = (moved / (now - since)) * 1000 * FADED < goodput;
  const mayFade = isSlow && now >= lookAfter;
  return { flow: { moved: 0, since: now, lookAfter: mayFade ? now + LOOK_AT_SLOW : lookAfter }, mayFade };
}

/** Nothing is on its way any more. */
export const atRest = ({ lookAfter }: Flow): Flow => ({ ...NO_FLOW, lookAfter });
