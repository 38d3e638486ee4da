/**
 * The store that files went to the last time. A page learns of its store by the response to the call that creates an upload; so a
 * connection to the last one is opened while that call is under way, and the first bytes find it open.
 */
import type { Backend, PartRequest, Transport } from '@portage/engine';
import type { FileRange } from './file-range.ts';

/** The origins of the store's hosts are kept in the browser's storage by this name, with spaces between. */
const KEPT_AS = 'portage-store';

/** A connection that was used, or asked for, is likely to be open for so long. In milliseconds. */
const OPEN = 10_000;

/** The same backend and transport, which remember the store and open a connection to it ahead. */
export function withKnownStore(
  backend: Backend,
  transport: Transport<FileRange>,
): { readonly backend: Backend; readonly transport: Transport<FileRange> } {
  /** When a connection was used or asked for. */
  let lastAt = Number.NEGATIVE_INFINITY;
  const known = new Set<string>();

  function keep({ url, alternatives = [] }: PartRequest): void {
    const before = known.size;
    for (const each of [url, ...alternatives]) known.add(each.split('/', 3).join('/'));
    if (known.size > before) inStorage((storage) => storage.setItem(KEPT_AS, [...known].join(' ')));
  }

  return {
    backend: {
      ...backend,
      create(intent, signal) {
        const now = performance.now();
        if (now - lastAt > OPEN) inStorage((storage) => storage.getItem(KEPT_AS)?.split(' ').forEach(connect));
        lastAt = now;
        return backend.create(intent, signal);
      },
    },
    transport: {
      async send(attempt, signal) {
        const outcome = await transport.send(attempt, signal);
        lastAt = performance.now();
        if (outcome.ok) keep(attempt.request);
        return outcome;
      },
    },
  };
}

function inStorage(use: (storage: Storage) => void): void {
  try {
    use(localStorage);
  } catch {
    // Without a storage the connection is opened when the store is known.
  }
}

/**
 * As requests for parts have it, without credentials: browsers keep the others' connections apart. All at once, since over HTTP/2 a
 * browser joins a name to the connection of another one that is open.
 */
function connect(origin: string): void {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'preconnect', href: origin, crossOrigin: 'anonymous' });
  document.head.append(link);
  link.remove();
}
