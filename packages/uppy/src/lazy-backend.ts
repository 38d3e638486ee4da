/** A backend whose code is loaded beside the page's. */
import type { Backend } from '@portage/engine';
import { lazily } from './lazily.ts';

/**
 * @param signBatch - the backend's own.
 * @param load - called again where it rejected.
 */
export function lazyBackend(signBatch: number, load: () => Promise<Backend>): Backend {
  const ask = lazily(load);
  // Before it is needed: the network is there now, and may not be later.
  ask(async () => {});
  return {
    signBatch,
    create: (intent, signal) => ask((backend) => backend.create(intent, signal)),
    sign: (session, parts, signal) => ask((backend) => backend.sign(session, parts, signal)),
    listParts: (session, signal) => ask((backend) => backend.listParts(session, signal)),
    complete: (session, parts, sum, signal) => ask((backend) => backend.complete(session, parts, sum, signal)),
    abort: (session) => ask((backend) => backend.abort(session)),
  };
}
