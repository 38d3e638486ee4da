/**
 * Sums up a part piece by piece, and one part at a time: Chromium keeps what was read until it collects its garbage, about
 * 250 MiB so, and 400 MiB with six parts at once; neither grows with the file.
 */
import type { Digests, Outcome } from '@portage/engine';

type Sums = typeof import('./sums.ts');
type Algorithm = Parameters<Digests<Blob>['sum']>[1];

export function createBlobDigests(): Digests<Blob> {
  let before: Promise<unknown> = Promise.resolve();
  // Before it is needed: the network is there now, and may not be later.
  load();
  return {
    sum(body, algorithm, signal) {
      const turn = before.then(() => sumBlob(body, algorithm, signal));
      before = turn;
      return turn;
    },
    async join(parts, algorithm) {
      const loaded = await load();
      return loaded.ok ? { ok: true, value: loaded.value.joinSums(parts, algorithm) } : loaded;
    },
  };
}

/** Code that does not arrive is a lost connection like any other. */
async function load(): Promise<Outcome<Sums>> {
  try {
    return { ok: true, value: await import('./sums.ts') };
  } catch (cause) {
    return { ok: false, failure: { kind: 'network', cause } };
  }
}

async function sumBlob(body: Blob, algorithm: Algorithm, signal: AbortSignal | undefined): Promise<Outcome<bigint>> {
  const loaded = await load();
  if (!loaded.ok) return loaded;
  const sum = loaded.value.startSum(algorithm);
  try {
    const reader = body.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { ok: true, value: sum.value() };
      sum.add(value);
      if (!signal?.aborted) continue;
      await reader.cancel();
      return { ok: false, failure: { kind: 'network' } };
    }
  } catch (cause) {
    return { ok: false, failure: { kind: 'unreadable', cause } };
  }
}
