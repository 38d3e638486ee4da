/** Calls of the same moment go as one. */
import type { Outcome } from '@portage/engine';

interface Waiting<Item, Value> {
  readonly item: Item;
  readonly signal: AbortSignal;
  readonly settle: (outcome: Promise<Outcome<Value>>) => void;
}

/**
 * @param most - items in one call; asked each time.
 * @param run - answers every item, in order. Its signal is of all of them: one that is not wanted any more ends no call
 * that others wait for.
 */
export function inBatches<Item, Value>(
  most: () => number,
  run: (items: readonly Item[], signal: AbortSignal) => Promise<readonly Outcome<Value>[]>,
): (item: Item, signal: AbortSignal) => Promise<Outcome<Value>> {
  let waiting: Waiting<Item, Value>[] = [];

  function flush(): void {
    const wanted = waiting.filter(({ signal }) => !signal.aborted);
    waiting = [];
    while (wanted.length > 0) send(wanted.splice(0, most()));
  }

  function send(batch: readonly Waiting<Item, Value>[]): void {
    const controller = new AbortController();
    const letGo = () => {
      if (batch.every(({ signal }) => signal.aborted)) controller.abort();
    };
    for (const { signal } of batch) signal.addEventListener('abort', letGo, { once: true });
    const outcomes = run(
      batch.map(({ item }) => item),
      controller.signal,
    ).finally(() => {
      for (const { signal } of batch) signal.removeEventListener('abort', letGo);
    });
    for (const [index, { settle }] of batch.entries())
      settle(outcomes.then((all) => all[index] ?? { ok: false, failure: { kind: 'invalid-response' } }));
  }

  return (item, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => resolve({ ok: false, failure: { kind: 'network' } }), { once: true });
      waiting.push({ item, signal, settle: (outcome) => outcome.then(resolve, reject) });
      if (waiting.length > 1) return;
      // A timer in a tab that nobody looks at may ring once a minute; a message always arrives.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        flush();
      };
      port2.postMessage(undefined);
    });
}
