/** How soon what arrives follows a change of the link. */

export interface Recovery {
  /** Bits per second that the link has from then on. */
  readonly rate: number;
  /** From the change until a second's goodput was within a fifth of the new link's; undefined where it never was. */
  readonly seconds?: number;
}

/** Goodput of a full link, as a share of its rate: the headers of IP and TCP take the rest. */
export const PAYLOAD = 1448 / 1500;

const NEAR = 0.2;
const WINDOW = 1000;

/** An upload that was done so soon after a change says nothing of it, in milliseconds. */
const TOO_SHORT = 2000;

export interface Arrivals {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Milliseconds. */
  readonly timelineStep: number;
  /** Bytes in each step. */
  readonly timeline: readonly number[];
}

export function recoveries(
  { since, timelineStep, timeline }: Arrivals,
  changes: readonly { readonly at: number; readonly rate: number }[],
): Recovery[] {
  const steps = WINDOW / timelineStep;
  return changes.flatMap(({ at, rate }, index) => {
    const from = Math.ceil((at - since) / timelineStep);
    const next = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const to = Math.min(timeline.length, Math.floor((next - since) / timelineStep));
    if (to - from < TOO_SHORT / timelineStep) return [];
    const full = rate * PAYLOAD;
    for (let end = from + steps; end <= to; end++) {
      const bytes = timeline.slice(end - steps, end).reduce((sum, value) => sum + value, 0);
      const goodput = (bytes * 8000) / WINDOW;
      if (Math.abs(goodput - full) <= full * NEAR) return { rate, seconds: (end * timelineStep + since - at) / 1000 };
    }
    return { rate };
  });
}
