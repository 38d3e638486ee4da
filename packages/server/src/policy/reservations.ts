import type { Awaitable } from '../route.ts';

/** Bytes of one upload. */
export interface Reservation {
  /** Of the upload. */
  readonly id: string;
  readonly bytes: number;
}

/**
 * Keeps account of uploads under way, so that calls at the same time cannot pass a quota together. Servers that share a
 * quota share one of these.
 */
export interface Reservations {
  /**
   * Notes these uploads as an owner's until a time, in milliseconds since the epoch, and returns how many bytes the
   * owner's other uploads hold. Both in one step: of two calls at the same time, one must see the other.
   */
  hold(owner: string, uploads: readonly Reservation[], until: number): Awaitable<number>;
  /** Forgets uploads; of those that are not known it takes no notice. */
  release(owner: string, ids: readonly string[]): Awaitable<void>;
}

/** Holds between two looks for what is over, of all owners. */
const SWEEP_EVERY = 1000;

/** In the memory of this one process. Of several servers, each would know its own uploads only. */
export function memoryReservations(clock: () => number = Date.now): Reservations {
  const owners = new Map<string, Map<string, { bytes: number; until: number }>>();
  let holds = 0;

  function sweep(owner: string, now: number): void {
    const held = owners.get(owner);
    for (const [id, { until }] of held ?? []) if (until <= now) held?.delete(id);
    if (held?.size === 0) owners.delete(owner);
  }

  return {
    hold(owner, uploads, until) {
      const now = clock();
      holds += 1;
      for (const each of holds % SWEEP_EVERY === 0 ? [...owners.keys()] : [owner]) sweep(each, now);
      const held = owners.get(owner) ?? new Map();
      owners.set(owner, held);
      let others = 0;
      for (const { bytes } of held.values()) others += bytes;
      for (const { id, bytes } of uploads) held.set(id, { bytes, until });
      return others;
    },
    release(owner, ids) {
      const held = owners.get(owner);
      for (const id of ids) held?.delete(id);
      if (held?.size === 0) owners.delete(owner);
    },
  };
}
