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

/** Ports whose methods give what comes of one attempt. */
type Method<Port> = Extract<keyof Port, string>;

/**
 * A port whose code is loaded beside the page's.
 * @param load - As of {@link lazily}.
 * @param names - Its methods. A signal among their arguments ends the waiting for the code too.
 */
export function lazyPort<Port extends object, Name extends Method<Port>>(
  load: () => Promise<Port>,
  ...names: readonly Name[]
): Pick<Port, Name> {
  const ask = lazily(load);
  // Before it is needed: the network is there now, and may not be later.
  ask(async () => {});
  const method =
    (name: Name) =>
    (...given: unknown[]) =>
      ask(
        (port) => (port[name] as (...given: unknown[]) => Promise<unknown>)(...given),
        given.find((each) => each instanceof AbortSignal),
      );
  return Object.fromEntries(names.map((name) => [name, method(name)])) as Pick<Port, Name>;
}
