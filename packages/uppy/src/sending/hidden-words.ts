/** What a developer can do about responses that are kept from the page. Loaded when there is one. */
import type { Hidden } from '@portage/engine';

const told = new Set<string>();

/** On the console, once for each origin. */
export function sayHidden({ origin, by }: Hidden): void {
  if (!told.has(origin)) console.warn(`Portage: ${WORDS[by](origin)}`);
  told.add(origin);
}

const WORDS = {
  permission: (origin: string) =>
    `${origin} is on the local network, or on this machine, and the browser does not let this page reach it: the person has ` +
    'not allowed it, or the page is in an iframe without allow="local-network; loopback-network". A store with a public ' +
    'address needs no leave.',
  policy: (origin: string) =>
    `the Content-Security-Policy of this page forbids requests to ${origin}. Add ${origin} to its connect-src.`,
  cors: (origin: string) =>
    `${origin} answers, but several requests in a row got no response that this page may read. ` +
    `Its CORS rules must let ${location.origin} use PUT, POST, GET and DELETE with all headers, and expose ETag; ` +
    `"npx @portage/server doctor --origin ${location.origin}" says what they lack. ` +
    'If they are right, a gateway before it refuses the requests (as too large, say) or adds CORS headers a second time; ' +
    "the browser's network log shows which.",
} as const;
