/** Calls of the same moment go as one. */
import type { Outcome } from '@portage/engine';
import { nextTask } from '../next-task.ts';

interface Waiting<Item, Value> {
  readonly item: Item;
  readonly signal: AbortSignal;
  readonly settle: (outcome: Promise<Outcome<Value>>) => void;
}

/**
 * @param atOnce - calls under way; what comes meanwhile waits, and goes together. Asked each time, as `most` is.
 * @param most - items in one call; asked each time.
 * @param run - returns an outcome for every item, in their order. Its signal fires once nobody waits for any of them.
 */
export function inBatches<Item, Value>(
  most: () => number,
  run: (items: readonly Item[], signal: AbortSignal) => Promise<readonly Outcome<Value>[]>,
  atOnce: () => number = () => Number.POSITIVE_INFINITY,
): (item: Item, signal: AbortSignal) => Promise<Outcome<Value>> {
  let waiting: Waiting<Item, Value>[] = [];
  let running = 0;

  function flush(): void {
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    while (waiting.length > 0 && running < atOnce()) send(waiting.splice(0, most()));
  }

  function send(batch: readonly Waiting<Item, Value>[]): void {
    const controller = new AbortController();
    const letGo = () => {
      if (batch.every(({ signal }) => signal.aborted)) controller.abort();
    };
    running += 1;
    for (const { signal } of batch) signal.addEventListener('abort', letGo);
    const outcomes = run(
      batch.map(({ item }) => item),
      controller.signal,
    ).finally(() => {
      running -= 1;
      flush();
    });
    for (const [index, { settle }] of batch.entries()) settle(outcomes.then((all) => all[index] as Outcome<Value>));
  }

  return (item, signal) =>
    new Promise((resolve, reject) => {
      const letGo = () => resolve({ ok: false, failure: { kind: 'network' } });
      // It tells of being aborted once, and may have done so before.
      if (signal.aborted) return letGo();
      signal.addEventListener('abort', letGo);
      waiting.push({ item, signal, settle: (outcome) => outcome.then(resolve, reject) });
      if (waiting.length === 1) nextTask().then(flush);
    });
}
