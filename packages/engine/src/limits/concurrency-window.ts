/** How many things may happen at once, shared fairly by those who want to. Holds no clock and starts nothing itself. */
export interface ConcurrencyWindow<Id> {
  /** States how many more slots `id` would take now; 0 takes it out of the queue. */
  want(id: Id, slots: number): void;
  /** Hands a free slot to the one of the highest priority that has waited longest, or returns undefined. */
  take(): Id | undefined;
  /** Gives a slot back. */
  release(): void;
  /** Slots handed out and not given back. */
  readonly inUse: number;
  /** How many wait for one. */
  readonly waiting: number;
}

/** Who may have a slot where all are in use. */
export interface Beyond<Id> {
  /** Whether anybody may, now that so many are in use. */
  isOpen(inUse: number): boolean;
  takes(id: Id): boolean;
}

/**
 * A window of so many slots as `limit` says at the moment; a number that comes down takes no slot back. Whoever got a slot
 * goes to the end of the queue of its priority, so that one file of 1,000 parts and ten files of one part each all move
 * on. Every operation costs no more than there are different priorities.
 */
export function createWindow<Id>(
  limit: () => number,
  priorityOf: (id: Id) => number = () => 0,
  beyond?: Beyond<Id>,
): ConcurrencyWindow<Id> {
  // Highest first. A Map iterates in the order of insertion: its first entry is the head of the queue.
  const queues: { readonly priority: number; readonly queue: Map<Id, number> }[] = [];
  let inUse = 0;
  function queueOf(id: Id): Map<Id, number> {
    const priority = priorityOf(id);
    let index = 0;
    for (; index < queues.length; index += 1) {
      const level = queues[index];
      if (level?.priority === priority) return level.queue;
      if (level && level.priority < priority) break;
    }
    const queue = new Map<Id, number>();
    queues.splice(index, 0, { priority, queue });
    return queue;
  }
  return {
    want(id, slots) {
      if (slots > 0) queueOf(id).set(id, slots);
      else queueOf(id).delete(id);
    },
    take() {
      const isFull = inUse >= limit();
      if (isFull && !beyond?.isOpen(inUse)) return undefined;
      for (const { queue } of queues) {
        for (const [id, slots] of queue) {
          if (isFull && !beyond?.takes(id)) continue;
          queue.delete(id);
          if (slots > 1) queue.set(id, slots - 1);
          inUse += 1;
          return id;
        }
      }
      return undefined;
    },
    release() {
      inUse -= 1;
    },
    get inUse() {
      return inUse;
    },
    get waiting() {
      return queues.reduce((sum, { queue }) => sum + queue.size, 0);
    },
  };
}
