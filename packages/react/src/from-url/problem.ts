/** Why nothing was added from an address. */
export type FromUrlProblem = 'address' | 'refused' | 'server' | 'fetch';

/** The address as it is asked for: `https://` before one that has no scheme. Undefined for what is no address of the web. */
export function addressOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  try {
    const { protocol, href, hostname } = new URL(/^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`);
    return /^https?:$/.test(protocol) && hostname !== '' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** What is looked at of what Uppy's client of Companion throws: it wraps what happened in errors of its own. */
interface Thrown {
  readonly isAuthError?: unknown;
  readonly isNetworkError?: unknown;
  readonly statusCode?: unknown;
  readonly cause?: unknown;
}

/** What the error of a call to Companion means to the person. */
export function problemOf(error: unknown): FromUrlProblem {
  for (let thrown = error as Thrown | undefined; thrown; thrown = thrown.cause as Thrown | undefined) {
    const { isAuthError, isNetworkError, statusCode } = thrown;
    if (isNetworkError === true) return 'server';
    if (isAuthError === true || statusCode === 401 || statusCode === 403) return 'refused';
    // What Companion says to an address that it takes for none, or that it may not reach.
    if (statusCode === 400) return 'address';
  }
  return 'fetch';
}
