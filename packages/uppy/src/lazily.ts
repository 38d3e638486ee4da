/** Code that is loaded beside the page's. */
import type { Failure } from '@portage/engine';
import { loadOnce } from './load-once.ts';

/** Has `work` done by the code, once it is there; aborted before, it is a lost connection too. */
export type Lazily<Code> = <T>(
  work: (code: Code) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T | { ok: false; failure: Failure }>;

/** @param load - Called again where it rejected: code that did not arrive is a lost connection like any other. */
export function lazily<Code>(load: () => Promise<Code>): Lazily<Code> {
  const loaded = loadOnce(load);
  return async (work, signal) => {
    let code: Code;
    try {
      const aborted = new Promise<never>((_, reject) => signal?.addEventListener('abort', reject, { once: true }));
      code = await Promise.race([loaded(), aborted]);
    } catch (cause) {
      return { ok: false, failure: { kind: 'network', cause } };
    }
    return work(code);
  };
}
