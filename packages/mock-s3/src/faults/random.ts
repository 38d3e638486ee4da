import { createHash } from 'node:crypto';

/** Gives the next number of a sequence, from 0 to below 1. */
export type Random = () => number;

/**
 * A sequence that depends on nothing but its names: the same names give the same numbers, on every machine, in whatever
 * order sequences are asked for.
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
 */
export function seededRandom(...names: readonly (string | number)[]): Random {
  let state = createHash('sha256').update(JSON.stringify(names)).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number around `middle`, at most `spread` away from it, and never below 0. */
export function around(middle: number, spread: number, random: Random): number {
  return Math.max(0, Math.round(middle + (random() * 2 - 1) * spread));
}
