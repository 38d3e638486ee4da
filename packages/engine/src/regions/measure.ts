/** Measures how far regions are: all at once, and without waiting for the last. */
import type { Clock } from '../ports.ts';
import { medianOf } from './choose.ts';

/** Asks a region for anything. Milliseconds until it answered; undefined where it did not within `timeout`. */
export type AskRegion = (name: string, timeout: number) => Promise<number | undefined>;

/** The first request to a host looks up its name and opens the connection; the ones after it tell the round trip. */
const SAMPLES = 3;
const TIMEOUT = 3_000;
/** Others have so many times as long as the first one that got through, and at least so many milliseconds. */
const LATE = { factor: 8, ms: 1_000 };

export interface Measured {
  /** Medians in milliseconds; of those that did not answer in time none. */
  readonly roundTrips: ReadonlyMap<string, number>;
  /** Requests that were made. */
  readonly requests: number;
}

export async function measureRegions(names: readonly string[], ask: AskRegion, clock: Clock): Promise<Measured> {
  const samples = new Map<string, number[]>(names.map((name) => [name, []]));
  const beganAt = clock.now();
  let requests = 0;
  let isOver = false;

  /** Returns whether it got through. */
  async function one(name: string): Promise<boolean> {
    for (let count = 0; count <= SAMPLES && !isOver; count += 1) {
      requests += 1;
      const ms = await ask(name, TIMEOUT);
      if (ms === undefined || isOver) return false;
      if (count > 0) samples.get(name)?.push(ms);
    }
    return true;
  }

  const all = names.map(one);
  // One that refuses the connection is over soon, and first in nothing.
  const first = Promise.any(
    all.map(async (asked) => (await asked) || Promise.reject(new Error('It is out of reach.'))),
  );
  // Whoever is far behind the first is not nearest.
  const enough = first.then(
    () =>
      new Promise<void>((resolve) => {
        const took = clock.now() - beganAt;
        clock.after(Math.max(LATE.ms, took * (LATE.factor - 1)), resolve);
      }),
    () => undefined,
  );
  await Promise.race([Promise.all(all), enough]);
  isOver = true;
  const medians = [...samples].flatMap(([name, ms]) => {
    const median = medianOf(ms);
    return median === undefined ? [] : [[name, median] as const];
  });
  return { roundTrips: new Map(medians), requests };
}
