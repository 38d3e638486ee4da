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
  let sending = 0;
  let kept: string | undefined;

  const isOpen = () => sending > 0 || performance.now() - lastAt < OPEN;

  function keep({ url, alternatives = [] }: PartRequest): void {
    // The first may be any of them.
    const origins = [...new Set([url, ...alternatives].map((each) => new URL(each, location.href).origin))]
      .toSorted()
      .join(' ');
    if (origins === kept) return;
    kept = origins;
    inStorage((storage) => storage.setItem(KEPT_AS, origins));
  }

  return {
    backend: {
      ...backend,
      create(intent, signal) {
        if (!isOpen()) inStorage((storage) => storage.getItem(KEPT_AS)?.split(' ').forEach(connect));
        lastAt = performance.now();
        return backend.create(intent, signal);
      },
    },
    transport: {
      async send(attempt, signal) {
        sending += 1;
        const outcome = await transport.send(attempt, signal).finally(() => {
          sending -= 1;
          lastAt = performance.now();
        });
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
