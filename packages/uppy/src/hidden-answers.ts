/**
 * Tells an answer that is kept from the page from one that never came: both reach a page, or a worker, as the same error
 * without a word.
 */
import type { Hidden } from '@portage/engine';
import { reach } from './dead-connections.ts';

/** Requests in a row without an answer that could be read, after which the host is asked. */
const DOUBTFUL = 3;

/** By origin, since its last answer that could be read. */
const unread = new Map<string, number>();
/** What the policy of this page, or of this worker, was seen to forbid. */
const forbidden = new Set<string>();
const told = new Set<string>();

globalThis.addEventListener?.('securitypolicyviolation', ({ effectiveDirective, disposition, blockedURI }) => {
  if (effectiveDirective === 'connect-src' && disposition === 'enforce') forbidden.add(originOf(blockedURI));
});

/** Something could be read of what was answered at the address. */
export function wasRead(url: string): void {
  unread.delete(originOf(url));
}

/** Nothing could be read: who keeps it from the page, if its host answers at all. Of the own origin nothing is kept. */
export async function hiddenBy(url: string, signal?: AbortSignal): Promise<Hidden | undefined> {
  const origin = originOf(url);
  if (forbidden.has(origin)) return tell({ origin, by: 'policy' });
  const times = (unread.get(origin) ?? 0) + 1;
  unread.set(origin, times);
  if (times < DOUBTFUL || origin === globalThis.location?.origin) return undefined;
  if ((await reach(url, signal)) !== 'answered') return undefined;
  return tell({ origin, by: 'cors' });
}

/** For the developer, once. */
function tell(hidden: Hidden): Hidden {
  const { origin, by } = hidden;
  if (!told.has(origin)) console.warn(`Portage: ${by === 'policy' ? policyWords(origin) : corsWords(origin)}`);
  told.add(origin);
  return hidden;
}

const policyWords = (origin: string) =>
  `the Content-Security-Policy of this page forbids requests to ${origin}. Add ${origin} to its connect-src.`;

const corsWords = (origin: string) =>
  `${origin} answers, but ${DOUBTFUL} requests in a row got no answer that this page may read. ` +
  `Its CORS rules must let ${location.origin} use PUT, POST, GET and DELETE with all headers, and expose ETag; ` +
  `"npx @portage/server doctor --origin ${location.origin}" says what they lack. ` +
  'If they are right, a gateway before it refuses the requests (as too large, say) or adds CORS headers a second time; ' +
  "the browser's network log shows which.";

function originOf(url: string): string {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return url;
  }
}
