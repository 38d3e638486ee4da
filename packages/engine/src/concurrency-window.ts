/** How many things may happen at once, shared fairly by those who want to. Holds no clock and starts nothing itself. */
export interface ConcurrencyWindow<Id> {
  /** States how many more slots `id` would take now; 0 takes it out of the queue. */
  want(id: Id, slots: number): void;
  /** Hands a free slot to the one that has waited longest, or returns undefined. */
  take(): Id | undefined;
  /** Gives a slot back. */
  release(): void;
  /** Slots handed out and not given back. */
  readonly inUse: number;
  readonly limit: number;
}

/**
 * A window of `limit` slots. Whoever got a slot goes to the end of the queue, so that one file of 1,000 parts and ten
 * files of one part each all move on. Every operation is O(1).
 */
export function createWindow<Id>(limit: number): ConcurrencyWindow<Id> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`A window needs at least one slot, not ${limit}.`);
  // A Map iterates in the order of insertion: its first entry is the head of the queue.
  const queue = new Map<Id, number>();
  let inUse = 0;
  return {
    want(id, slots) {
      if (slots > 0) queue.set(id, slots);
      else queue.delete(id);
    },
    take() {
      if (inUse >= limit) return undefined;
      const head = queue.entries().next();
      if (head.done) return undefined;
      const [id, slots] = head.value;
      queue.delete(id);
      if (slots > 1) queue.set(id, slots - 1);
      inUse += 1;
      return id;
    },
    release() {
      if (inUse === 0) throw new RangeError('A slot was given back twice.');
      inUse -= 1;
    },
    get inUse() {
      return inUse;
    },
    limit,
  };
}
