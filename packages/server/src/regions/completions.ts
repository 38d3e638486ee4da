import type { CompleteResponse } from '@portage/protocol';
import type { Awaitable } from '../route.ts';

/** Who may tell of an upload, or has told of it. */
export interface Completion {
  /** The region where its file is. */
  readonly region: string;
  /** The response that was sent; undefined while `onComplete` runs. */
  readonly response?: CompleteResponse | undefined;
}

/**
 * Keeps account of uploads that are complete, so that one which was moved to another region is told of once. Servers that
 * stand beside each other share one of these.
 */
export interface Completions {
  /** What is known of an upload; undefined where nobody has completed it. */
  look(id: string): Awaitable<Completion | undefined>;
  /**
   * Takes the right to tell of an upload until a time, in milliseconds since the epoch, unless another region has it, and
   * returns who has it now. In one step: of two calls at the same time, one must see the other.
   */
  take(id: string, region: string, until: number): Awaitable<Completion>;
  /** Keeps the response for as long as somebody may ask again. `until` as above. */
  settle(id: string, completion: Completion, until: number): Awaitable<void>;
  /** Gives the right back: `onComplete` has failed, and is tried again. */
  release(id: string, region: string): Awaitable<void>;
}

/** Most uploads that are kept account of; the oldest are forgotten. One takes about a kilobyte. */
const MOST = 10_000;

/** In the memory of this one process. Of several servers, each would know its own uploads only. */
export function memoryCompletions(clock: () => number = Date.now): Completions {
  const known = new Map<string, Completion & { until: number }>();

  function current(id: string): Completion | undefined {
    const kept = known.get(id);
    if (kept === undefined || kept.until <= clock()) return undefined;
    const { region, response } = kept;
    return { region, ...(response && { response }) };
  }

  function keep(id: string, completion: Completion, until: number): void {
    known.delete(id);
    known.set(id, { ...completion, until });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  }

  return {
    look: current,
    take(id, region, until) {
      const holder = current(id);
      if (holder !== undefined && (holder.response !== undefined || holder.region !== region)) return holder;
      keep(id, { region }, until);
      return { region };
    },
    settle: keep,
    release(id, region) {
      const holder = current(id);
      if (holder?.region === region && holder.response === undefined) known.delete(id);
    },
  };
}
