/** What a developer can do about responses that are kept from the page, or are not the upload server's. Loaded when there is one. */
import type { Hidden } from '@portage/engine';

/** Another page answers where the upload server should. */
export interface ForeignPage {
  /** Where the server should be, such as `/api/uploads`. */
  readonly origin: string;
  readonly by: 'page';
  readonly status: number;
}

/** The upload server leads its callers elsewhere. */
export interface LedElsewhere {
  /** The address that was called. */
  readonly origin: string;
  readonly by: 'redirect';
}

const told = new Set<string>();

/** On the console, once for each origin and reason. */
export function say(what: Hidden | ForeignPage | LedElsewhere): void {
  const { origin, by } = what;
  const key = `${by} ${origin}`;
  if (!told.has(key)) console.warn(`Portage: ${by === 'page' ? pageWords(what) : WORDS[by](origin)}`);
  told.add(key);
}

const pageWords = ({ origin, status }: ForeignPage): string =>
  `${origin} answered ${status}, and not in the words of an upload server. Does the server run? Are endpoint and \`basePath\` the ` +
  "same? Does what stands before the server, such as a development server's proxy, lead there? Companion's address is " +
  '`companionEndpoint`, not `endpoint`.';

const WORDS = {
  redirect: (url: string) =>
    `${url} was redirected to a page, as where somebody has to sign in. People are told that they may have been signed out. ` +
    "If they need not sign in for uploads, leave this path out of what redirects, such as the matcher of Next.js's `proxy.ts`.",
  permission: (origin: string) =>
    `${origin} is on the local network, or on this machine, and the browser does not let this page reach it: the person has ` +
    'not allowed it, or the page is in an iframe without allow="local-network; loopback-network". A store with a public ' +
    'address needs no permission.',
  policy: (origin: string) =>
    `the Content-Security-Policy of this page forbids requests to ${origin}. Add ${origin} to its connect-src.`,
  cors: (origin: string) =>
    `${origin} answers, but several requests in a row got no response that this page may read. ` +
    `Its CORS rules must let ${location.origin} use PUT, POST, GET and DELETE with all headers, and expose ETag; ` +
    `"npx @portage/server doctor --origin ${location.origin}" says what they lack. ` +
    'If they are right, a gateway before it refuses the requests (as too large, say) or adds CORS headers a second time; ' +
    "the browser's network log shows which.",
} as const;
