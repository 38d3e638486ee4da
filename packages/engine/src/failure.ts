/** Why one attempt of one request did not do what it was to do. Plain data, from the transport or the backend. */
export type Failure =
  /** No response, or none that the page may read: connection lost, refused or reset, or a response without CORS headers. */
  | {
      readonly kind: 'network';
      readonly cause?: unknown;
      /** The host was asked in a way that needs no leave, and it answers: only what it says is kept from the page. */
      readonly hidden?: Hidden | undefined;
    }
  /** Ended on its way as others of its age: so many at once would be through before it. Below 1, not even one. Set by the engine. */
  | { readonly kind: 'too-old'; readonly atOnce: number }
  /** Silent for longer than the timeout given. */
  | { readonly kind: 'stalled' }
  /** The object store said no. `code` is S3's, such as `SlowDown`, where it could be read. */
  | {
      readonly kind: 'store';
      readonly status: number;
      readonly code?: string | undefined;
      /** From `Retry-After`, in milliseconds. */
      readonly retryAfter?: number | undefined;
    }
  /** The upload server said no. `code` is the wire contract's. */
  | {
      readonly kind: 'server';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly hint: string;
      readonly retryAfter?: number | undefined;
    }
  /** Something answered, but not the server or store that was asked: a login page of a Wi-Fi network, say. */
  | { readonly kind: 'invalid-response'; readonly cause?: unknown }
  /** The store took the part, but the page may not read its ETag. */
  | { readonly kind: 'etag-hidden' }
  /** Parts arrived otherwise than they were sent. */
  | { readonly kind: 'damaged' }
  /** The file cannot be read any more. */
  | { readonly kind: 'unreadable'; readonly cause?: unknown }
  /** Its region is gone: the upload goes on in another one, from its first byte. */
  | { readonly kind: 'moved' }
  /** The file is not what it was when its upload began. */
  | { readonly kind: 'changed'; readonly cause?: unknown }
  /** The app's own function (`signRequest`, …) threw. `refused`: it says no, and would say so again. */
  | { readonly kind: 'app-callback'; readonly cause: unknown; readonly refused?: boolean | undefined };

/** Whether there is nothing to send: then no attempt can succeed. */
export function isOfFile({ kind }: Failure): boolean {
  return kind === 'unreadable' || kind === 'changed';
}

/** Whether something on the way has ended the request while its body was sent. */
export function isCutOff(failure: Failure, sent: Sent): boolean {
  if (failure.kind !== 'store') return failure.kind === 'network' && sent !== 'nothing';
  // By a page of a gateway's own. One that has the whole body waits for the store.
  return sent === 'some' && !failure.code && (failure.status === 408 || failure.status >= 500);
}

/** Whose answers are kept from the page, and by what. */
export interface Hidden {
  /** Of the store or server, such as `https://store.example`. */
  readonly origin: string;
  /**
   * `cors`: a response without the headers that let this page read it; who left them out, the store or a gateway before it,
   * nobody can say. `policy`: the page's own Content-Security-Policy. `permission`: the browser, where the person did not
   * allow this page to reach the local network.
   */
  readonly by: 'cors' | 'policy' | 'permission';
  /** For how long that has been seen, with nothing read meanwhile, in milliseconds; 0: not for sure; `Infinity`: there is no doubt. */
  readonly ms: number;
  /** Whose origin it is. @default 'store' */
  readonly of?: 'store' | 'server' | undefined;
}

/** How much of a body was handed over before its request failed. */
export type Sent = 'nothing' | 'some' | 'all';
