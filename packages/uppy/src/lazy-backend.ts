/** A backend whose code is loaded beside the page's. */
import type { Backend, Failure } from '@portage/engine';

/**
 * @param signBatch - the backend's own.
 * @param load - called again where it rejected: code that did not arrive is a lost connection like any other.
 */
export function lazyBackend(signBatch: number, load: () => Promise<Backend>): Backend {
  let loading: Promise<Backend> | undefined;
  const loaded = (): Promise<Backend> => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw cause;
    });
    return loading;
  };
  async function ask<T>(work: (backend: Backend) => Promise<T>): Promise<T | { ok: false; failure: Failure }> {
    let backend: Backend;
    try {
      backend = await loaded();
    } catch (cause) {
      return { ok: false, failure: { kind: 'network', cause } };
    }
    return work(backend);
  }
  // Before it is needed: the network is there now, and may not be later.
  loaded().catch(() => {});
  return {
    signBatch,
    create: (intent, signal) => ask((backend) => backend.create(intent, signal)),
    sign: (session, parts, signal) => ask((backend) => backend.sign(session, parts, signal)),
    listParts: (session, signal) => ask((backend) => backend.listParts(session, signal)),
    complete: (session, parts, sum, signal) => ask((backend) => backend.complete(session, parts, sum, signal)),
    abort: (session) => ask((backend) => backend.abort(session)),
  };
}
